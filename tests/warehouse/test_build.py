"""Raw tables become marts, again and again, and audits say what is wrong with them."""

from threading import Event, Thread

import pytest

from tests.fixtures.raw_rows import load_rows, merged, product_rows, small_world
from warehouse import lake
from warehouse.build import audit, build, open_context
from warehouse.locks import alone
from warehouse.manifest import Dataset

MARTS = 13

# A test may wait for three whole builds, each several seconds of SQLMesh's own work.
pytestmark = pytest.mark.timeout(420)


@pytest.fixture(scope="module")
def builds(new_platform, tmp_path_factory):
    """One lake through its first days: nothing loaded, then an option that is there twice, then that mended."""
    with new_platform(tmp_path_factory.mktemp("days") / "home") as settings:
        empty = build(Dataset.CATALOG, settings)
        load_rows(settings, small_world())
        change(settings, "INSERT INTO octo.options SELECT * REPLACE ('Twice' AS title) FROM octo.options")
        doubled = build(Dataset.CATALOG, settings)
        change(settings, "DELETE FROM octo.options WHERE title = 'Twice'")
        change(settings, "UPDATE octo.products SET deleted_at = now() WHERE provider_product_id = 'm2'")
        load_rows(settings, merged(product_rows("canal", "p9", "Night trip")))
        yield settings, empty, doubled, build(Dataset.CATALOG, settings)


def change(settings, statement):
    connection = lake.connect(settings)
    connection.execute(statement)
    connection.close()


def rows(settings, query):
    connection = lake.connect(settings, read_only=True)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def failed(report):
    return {(result.model, result.audit, result.is_blocking) for result in report.audits if result.failed_rows}


def test_models_build_before_anything_was_loaded(builds):
    _, empty, _, _ = builds
    assert sum(model.startswith("catalog.") for model in empty.models) == MARTS
    assert set(empty.models.values()) == {0}
    assert not failed(empty)


def test_what_stops_a_release_is_reported_by_the_audit_that_found_it(builds):
    _, _, doubled, _ = builds
    assert failed(doubled) == {("catalog.dim_option", "unique_values", True)}
    (found,) = doubled.blocking_failures
    assert found.failed_rows == 4


def test_what_depends_on_a_bad_model_is_not_rebuilt(builds):
    _, _, doubled, _ = builds
    assert "catalog.fct_calendar_day" not in doubled.models
    assert doubled.models["catalog.dim_product"] == 4


def test_the_next_build_recovers_and_takes_new_changed_and_deleted_rows(builds):
    settings, _, _, mended = builds
    assert not mended.blocking_failures
    titles = {title for (title,) in rows(settings, "SELECT title FROM catalog.dim_product")}
    assert titles == {"Rijksmuseum ticket", "Skip the line: Rijksmuseum", "Canal trip", "Night trip"}
    assert mended.models["catalog.fct_calendar_day"] == 12


def test_a_product_without_a_city_is_kept_and_warned_of(builds):
    settings, _, _, mended = builds
    assert ("catalog.dim_product", "product_has_city", False) in failed(mended)
    query = "SELECT place_id IS NOT NULL, city_id FROM catalog.dim_product WHERE title = 'Night trip'"
    assert rows(settings, query) == [(True, None)]


def test_two_suppliers_products_of_one_sight_share_its_place(built_lake):
    query = "SELECT slug, product_count FROM catalog.dim_place ORDER BY slug"
    places = [("musee-du-louvre-paris", 1), ("pier-5-amsterdam", 1), ("rijksmuseum-amsterdam", 2)]
    assert rows(built_lake, query) == places


def test_an_audit_alone_finds_what_the_build_found(small_build):
    settings, report = small_build
    again = audit(Dataset.CATALOG, settings)
    assert {(result.model, result.audit) for result in again.audits} == {
        (result.model, result.audit) for result in report.audits
    }
    assert again.models == {}


@pytest.mark.slow
def test_a_first_build_that_fails_its_audits_is_mended_by_the_next(seeded_lake):
    change(seeded_lake, "INSERT INTO octo.options SELECT * REPLACE ('Twice' AS title) FROM octo.options")
    report = build(Dataset.CATALOG, seeded_lake)
    assert ("catalog.dim_option", "unique_values", True) in failed(report)
    change(seeded_lake, "DELETE FROM octo.options WHERE title = 'Twice'")
    mended = build(Dataset.CATALOG, seeded_lake)
    assert not failed(mended)
    assert mended.models["catalog.fct_calendar_day"] == 12


def test_a_model_changed_by_a_release_is_planned_by_the_next_build(builds):
    settings = builds[0]
    with open_context(Dataset.CATALOG, settings) as context:
        context.upsert_model("catalog.dim_connection", stamp="as another release had it")
        context.plan("prod", skip_tests=True, no_prompts=True, auto_apply=True)
        other = context.get_snapshot("catalog.dim_connection").fingerprint
    build(Dataset.CATALOG, settings)
    with open_context(Dataset.CATALOG, settings) as context:
        ours = context.get_snapshot("catalog.dim_connection")
        in_production = context.state_reader.get_environment("prod").snapshots
    assert ours.fingerprint != other
    assert ours.snapshot_id in {snapshot.snapshot_id for snapshot in in_production}


def test_the_same_work_waits_for_itself(platform_settings):
    finished = Event()

    def second() -> None:
        with alone("work", platform_settings):
            finished.set()

    with alone("work", platform_settings):
        waiting = Thread(target=second)
        waiting.start()
        with alone("other work", platform_settings):
            assert not finished.wait(0.3)
    waiting.join(10)
    assert finished.is_set()


def test_every_mart_is_built_and_audited_again(builds):
    _, empty, _, last = builds
    assert last.models.keys() >= {model for model in empty.models if model.startswith("catalog.")}
    assert ("catalog.dim_city_name", "unique_values") in {(result.model, result.audit) for result in last.audits}
