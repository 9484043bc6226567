"""Sales become figures, day by day: what is touched is built again, the rest stays as it was."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.domain.clock import utc_now
from core.settings import ROOT
from tests.fixtures.raw_rows import load_rows, small_world
from tests.fixtures.raw_sales import Sold, load_sales, read_row, refund_rows, reseller_rows
from warehouse import lake
from warehouse.build import audit, build
from warehouse.errors import AuditsFailed
from warehouse.manifest import Dataset
from warehouse.publish import publish
from warehouse.readers.sales import open_sales
from warehouse.readers.sales_shapes import Dimension, OrderQuery, Period, Seller
from warehouse.sales import SalesBuilder, pending_days
from warehouse.store import ReleaseStore

TODAY = utc_now().date()
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)

MONDAYS = Sold("monday", MONDAY)
TUESDAYS = Sold("tuesday", TUESDAY, refunded="CANCELLED")
TODAYS = Sold("today", TODAY)

pytestmark = pytest.mark.timeout(420)


@pytest.fixture(scope="module")
def platform(new_platform, tmp_path_factory):
    """A lake before its first sale, then with three of a reseller in Amsterdam, each built and published."""
    with new_platform(tmp_path_factory.mktemp("sales") / "home") as settings, SalesBuilder(settings) as builder:
        publish(builder.build([]), settings)
        resellers = reseller_rows("rsl_1", "Europe/Amsterdam")
        load_sales(settings, [MONDAYS, TUESDAYS, TODAYS], resellers, read_row(100, MONDAY, TUESDAY, TODAY))
        report = builder.build(pending_days(settings))
        manifest = publish(report, settings)
        yield settings, builder, report, manifest


def change(settings, statement):
    connection = lake.connect(settings)
    connection.execute(statement)
    connection.close()


def rows(settings, query):
    connection = lake.connect(settings, read_only=True)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def days(settings):
    query = (
        "SELECT business_date, order_item_count, ticket_count, offer_minor - refund_minor, commission_kept_minor "
        "FROM sales.agg_sales_by_day ORDER BY ALL"
    )
    return rows(settings, query)


def test_before_the_first_sale_there_is_an_empty_release(platform):
    store = ReleaseStore(platform[0].publish_path, Dataset.SALES)
    assert set(store.release(store.versions()[0]).row_counts.values()) == {0}


def test_a_build_takes_every_pending_day_and_today_before_it_has_ended(platform):
    settings, _, report, _ = platform
    assert not report.blocking_failures
    assert days(settings) == [(MONDAY, 1, 3, 4050, 810), (TUESDAY, 1, 3, 0, 0), (TODAY, 1, 3, 4050, 810)]
    assert report.models["sales.fct_order_item"] == 3


def test_a_release_says_up_to_where_the_shop_was_read(platform):
    settings, _, report, manifest = platform
    assert (report.read_to, manifest.read_to) == (100, 100)
    assert manifest.row_counts["fct_order_item"] == 3
    assert pending_days(settings) == frozenset()


def test_the_dashboards_read_what_was_built(platform):
    settings, _, _, _ = platform
    reader, period = open_sales(settings), Period(MONDAY, TODAY)
    (euro,) = reader.currencies("rsl_1")
    totals = reader.totals("rsl_1", euro, period)
    assert (totals.sold.net_sales_minor, totals.kept_order_count, totals.sold.kept_ticket_count) == (8100, 2, 6)
    assert reader.totals_until("rsl_1", euro, MONDAY, utc_now()) == reader.totals("rsl_1", euro, Period(MONDAY, MONDAY))
    for dimension in Dimension:
        assert sum(share.sold.net_sales_minor for share in reader.shares("rsl_1", euro, period, dimension)) == 8100
    assert sum(hour.ticket_count for hour in reader.hours("rsl_1", euro, period)) == totals.sold.ticket_count
    assert sum(row.sold.offer_minor for row in reader.rows("rsl_1", euro, period)) == totals.sold.offer_minor
    assert reader.orders("rsl_1", OrderQuery(period)).total == 3
    assert reader.seller("rsl_1") == Seller("Europe/Amsterdam", MONDAY)
    assert isinstance(reader.visits("rsl_1", period), tuple)
    assert isinstance(reader.city_demand(), tuple)


def test_a_day_built_twice_has_the_same_rows(platform):
    settings, builder, _, _ = platform
    before = rows(settings, "SELECT * FROM sales.fct_order_item ORDER BY order_item_id")
    builder.build([MONDAY, TUESDAY])
    build(Dataset.SALES, settings)
    assert rows(settings, "SELECT * FROM sales.fct_order_item ORDER BY order_item_id") == before


def test_a_late_refund_changes_the_day_of_its_sale_and_no_other(platform):
    settings, builder, _, _ = platform
    before = days(settings)
    change(settings, "UPDATE shop.order_items SET city_id = 'cty_9' WHERE order_item_id = 'itm_tuesday'")
    load_rows(settings, refund_rows(replace(MONDAYS, refunded="NOT_ISSUED")))
    report = builder.build([MONDAY])
    assert not report.blocking_failures
    assert days(settings) == [(MONDAY, 1, 3, 0, 0), *before[1:]]
    cities = rows(settings, "SELECT DISTINCT city_id FROM sales.fct_order_item")
    assert cities == [("cty_2759794",)], "Tuesday was not asked for"


def test_pending_is_what_was_read_since_the_release_that_readers_see(platform):
    settings, builder, _, _ = platform
    load_rows(settings, read_row(200, MONDAY, TUESDAY))
    assert pending_days(settings) == {MONDAY, TUESDAY}
    one_of_two = publish(builder.build([MONDAY]), settings)
    assert one_of_two.read_to == 100
    assert pending_days(settings) == {MONDAY, TUESDAY}
    assert publish(builder.build(pending_days(settings)), settings).read_to == 200
    assert pending_days(settings) == frozenset()


def test_sales_of_tomorrow_are_there_where_it_is_tomorrow_already(platform):
    settings, builder, _, _ = platform
    load_sales(settings, [Sold("early", TODAY, reseller="rsl_2")], reseller_rows("rsl_2", "Pacific/Kiritimati"))
    builder.build([TODAY + timedelta(days=1)])
    query = "SELECT business_date FROM sales.fct_order_item WHERE reseller_id = 'rsl_2'"
    assert rows(settings, query) == [(TODAY + timedelta(days=1),)]


def test_a_sale_that_the_ledger_contradicts_keeps_the_release_back(platform):
    settings, builder, _, _ = platform
    before = ReleaseStore(settings.publish_path, Dataset.SALES).current()
    change(
        settings, "UPDATE shop.order_lines SET commission_minor = 1 WHERE order_item_id = 'itm_today' AND ordinal = 0"
    )
    report = builder.build([TODAY])
    failed = {result.audit for result in report.blocking_failures}
    assert failed == {"amounts_of_a_sale_agree", "ledger_equals_items"}
    assert "sales.agg_sales_by_day" not in report.models
    with pytest.raises(AuditsFailed, match=r"ledger_equals_items on sales\.fct_order_item: 1 rows"):
        publish(report, settings)
    assert ReleaseStore(settings.publish_path, Dataset.SALES).current() == before
    assert {result.audit for result in audit(Dataset.SALES, settings).blocking_failures} == failed


@pytest.mark.slow
def test_catalogue_and_sales_build_beside_each_other(platform_settings):
    """On one SQLMesh state one of them would die of the other's plan."""
    load_rows(platform_settings, small_world())
    load_sales(platform_settings, [MONDAYS], reseller_rows("rsl_1", "Europe/Amsterdam"))
    environment = {
        "HOME": str(Path.home()),  # where DuckDB keeps its extensions
        "TIQZY_HOME": str(platform_settings.home),
        "TIQZY_DATABASE_URL": platform_settings.database_url.get_secret_value(),
    }
    command = [sys.executable, "-m", "warehouse", "--dataset", "sales", "build"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as beside:  # noqa: S603 - our own
        catalogue = build(Dataset.CATALOG, platform_settings)
        sales, _ = beside.communicate(timeout=300)
    assert beside.returncode == 0
    assert not catalogue.blocking_failures
    assert catalogue.models["catalog.dim_product"] == 4
    assert "sales.fct_order_item: 1 rows" in sales
    assert "0 failed" in sales
