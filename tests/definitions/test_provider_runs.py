"""Loads of sandbox suppliers run by Dagster: well, one failing alone, all failing."""

from datetime import timedelta

import dagster as dg
import pytest

from core.db.addresses import Database
from core.domain.clock import utc_now
from dagster_project.definitions import platform_definitions
from dagster_project.groups import Group
from dagster_project.partitions import range_tags
from dagster_project.runs import problems
from pipelines.loads import load_geography
from tests.definitions.platform import Platform, checks, made
from tests.fixtures.postgres import add_database

# The first plan of all models and the first load are in it.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TODAY = utc_now().date()
DAYS = range_tags(TODAY, TODAY + timedelta(days=2))


@pytest.fixture(scope="module")
def loaded(new_platform, sandbox, tmp_path_factory):
    """Both suppliers loaded and published once."""
    with (
        new_platform(tmp_path_factory.mktemp("dagster") / "home") as bare,
        dg.DagsterInstance.ephemeral() as instance,
    ):
        add_database(bare, Database.DAGSTER)
        settings = bare.model_copy(update={"connections": sandbox.connections})
        load_geography(settings)
        platform = Platform(settings, platform_definitions(settings), instance)
        assert not problems(platform.run("catalogue"))
        assert not problems(platform.run("slots", **DAYS))
        yield platform


@pytest.fixture
def platform(loaded, sandbox):
    sandbox.reset()
    yield loaded
    sandbox.reset()


def test_a_load_says_what_the_lake_holds_in_all_and_for_each_day(platform):
    result = platform.run("slots", **DAYS)
    events = result.get_asset_materialization_events()
    loaded = [event for event in events if event.asset_key.path[0] == "octo"]
    assert len(loaded) == 2 * 3
    (snapshot_id,) = {event.materialization.metadata["lake_snapshot_id"].value for event in loaded}
    with platform.lake_at(snapshot_id) as count:
        for event in loaded:
            metadata, table = event.materialization.metadata, ".".join(event.asset_key.path)
            assert metadata["dagster/row_count"].value == count(table) > 0
            that_day = count(table, f"local_date = DATE '{event.partition}'")
            assert metadata["dagster/partition_row_count"].value == that_day > 0


@pytest.mark.parametrize("switch", [{"is_down": True}, {"truncate_catalogue": True}, {"lie": "schema"}])
def test_a_supplier_that_fails_does_so_alone_and_says_why(platform, sandbox, switch):
    sandbox.control("canal", **switch)
    result = platform.run("catalogue", only=Group.OCTO_CATALOGUE)
    assert result.success
    assert checks(result)["meridian_loaded"][0]
    passed, reason = checks(result)["canal_loaded"]
    assert not passed
    assert len(reason.split()) > 3


def test_the_release_goes_out_with_what_a_failed_supplier_had(platform, sandbox):
    before = platform.release()
    sandbox.control("canal", is_down=True)

    result = platform.run("catalogue")

    assert result.success
    assert not checks(result)["canal_loaded"][0]
    after = platform.release()
    assert after.version > before.version
    assert after.row_counts["dim_product"] == before.row_counts["dim_product"]
    assert after.sources["canal"] == before.sources["canal"]
    assert after.sources["meridian"].catalogue_read_at > before.sources["meridian"].catalogue_read_at


def test_nothing_is_published_when_no_supplier_answers(platform, sandbox):
    before = platform.release()
    for supplier in ("canal", "meridian"):
        sandbox.control(supplier, is_down=True)

    result = platform.run("slots", **DAYS)

    assert not result.success
    assert not any(passed for name, (passed, _) in checks(result).items() if name.endswith("_loaded"))
    assert not made(result)
    assert platform.release() == before
