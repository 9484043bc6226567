"""A supplier's impossible prices are withheld and named; everybody else's new ones are published."""

import duckdb
import pytest

from tests.fixtures.raw_rows import load_rows, small_world
from warehouse import lake
from warehouse.build import build
from warehouse.manifest import Dataset
from warehouse.publish import publish

# Two whole builds.
pytestmark = pytest.mark.timeout(420)

NEWS = (
    # Canal would be owed more than its buyers pay, and once pays them; Meridian raises a price.
    "UPDATE octo.slot_prices SET net_minor = retail_minor + 1 WHERE provider_product_id = 'p2'",
    """UPDATE octo.calendar_prices SET retail_minor = -100, net_minor = -200 WHERE provider_product_id = 'p1'
    AND provider_unit_id = 'adult' AND local_date = (SELECT MIN(local_date) FROM octo.calendar_prices)""",
    "UPDATE octo.list_prices SET net_minor = retail_minor + 1 WHERE provider_product_id = 'p1'",
    "UPDATE octo.slot_prices SET retail_minor = 2450 WHERE provider_product_id = 'm1' AND provider_unit_id = 'adult'",
)


@pytest.fixture(scope="module")
def published(new_platform, tmp_path_factory):
    """The report and the open release of the build after the news."""
    with new_platform(tmp_path_factory.mktemp("withheld") / "home") as settings:
        load_rows(settings, small_world())
        publish(build(Dataset.CATALOG, settings), settings)
        with lake.connect(settings) as connection:
            for statement in NEWS:
                connection.execute(statement)
        report = build(Dataset.CATALOG, settings)
        manifest = publish(report, settings)
        file = f"{settings.publish_path}/{manifest.dataset}/{manifest.file}"
        with duckdb.connect(file, read_only=True) as release:  # noqa: TID251 - the test looks into the file itself
            yield report, release


def retail_prices(release, product, condition):
    query = (
        "SELECT DISTINCT retail_minor FROM fct_price JOIN dim_product USING (product_id)"  # noqa: S608 - the test's own
        f" WHERE provider_product_id = '{product}' AND {condition} ORDER BY 1"
    )
    return [retail for (retail,) in release.execute(query).fetchall()]


def test_the_connection_and_the_rule_it_broke_are_named(published):
    report, _ = published
    found = {result.audit: result.connections for result in report.audits if result.failed_rows}
    assert found == {"net_never_above_retail": {"canal": 14}, "price_is_plausible": {"canal": 1}}
    assert not report.blocking_failures
    losing = next(result for result in report.audits if result.failed_rows and "net" in result.audit)
    assert str(losing) == "net_never_above_retail on intermediate.int_catalog__prices: 14 rows (canal: 14)"


def test_no_wrong_price_is_in_the_release(published):
    _, release = published
    wrong = "SELECT count(*) FROM fct_price WHERE net_minor > retail_minor OR retail_minor < 0"
    assert release.execute(wrong).fetchone() == (0,)
    announced = "SELECT count(*) FROM dim_product WHERE from_net_minor > from_retail_minor OR from_retail_minor < 0"
    assert release.execute(announced).fetchone() == (0,)


def test_the_other_suppliers_new_price_is_published(published):
    _, release = published
    assert retail_prices(release, "m1", "slot_id <> ''") == [0, 2450]


def test_prices_told_with_a_wrong_one_are_withheld_too(published):
    """Else a day would be announced with its child's price, because the adult's was wrong."""
    _, release = published
    first_day = "local_date = (SELECT min(local_date) FROM fct_calendar_day)"
    assert retail_prices(release, "p1", f"slot_id = '' AND {first_day}") == []
    days = "SELECT count(*), count(d.from_retail_minor) FROM fct_calendar_day AS d JOIN dim_product USING (product_id)"
    assert release.execute(f"{days} WHERE provider_product_id = 'p1'").fetchone() == (3, 2)


def test_what_is_right_of_the_same_connection_stays_on_sale(published):
    _, release = published
    assert retail_prices(release, "p2", "slot_id <> ''") == []
    assert retail_prices(release, "p2", "slot_id = ''") == [0, 2250]
    # Its list price is withheld: it is announced with the cheapest of the days to come.
    announced = "SELECT from_retail_minor FROM dim_product WHERE provider_product_id = 'p1'"
    assert release.execute(announced).fetchone() == (2250,)
