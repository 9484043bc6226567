"""A backfill carried out against sandbox suppliers, interrupted and taken up again."""

from datetime import timedelta

import dagster as dg
import pytest

from core.db.addresses import Database
from core.domain.clock import utc_now
from dagster_project.backfill.request import parse_request
from dagster_project.backfill.steps import Backfill, BackfillIncomplete
from dagster_project.definitions import platform_definitions
from dagster_project.runs import open_instance
from pipelines.loads import load_catalogue, load_geography
from tests.fixtures.postgres import add_database

pytestmark = pytest.mark.slow

TODAY = utc_now().date()
FIRST, LAST = TODAY + timedelta(days=20), TODAY + timedelta(days=28)


@pytest.fixture(scope="module")
def platform(new_platform, sandbox, tmp_path_factory):
    """Settings and definitions of a platform that knows both suppliers' products and no day of theirs."""
    with new_platform(tmp_path_factory.mktemp("backfill") / "home") as bare:
        add_database(bare, Database.DAGSTER)
        settings = bare.model_copy(update={"connections": sandbox.connections})
        load_geography(settings)
        for connection in settings.connections:
            load_catalogue(connection, settings)
        yield settings, platform_definitions(settings)


@pytest.fixture
def instance(platform):
    with open_instance(platform[0]) as instance:
        yield instance
        instance.wipe()


@pytest.fixture
def backfill(platform, instance, sandbox):
    """Runs one request, and answers the lines it told."""

    def run(*, when_told=lambda _: None, is_again=False):
        lines = []

        def tell(line):
            lines.append(line)
            when_told(line)

        request = parse_request("availability", str(FIRST), str(LAST), today=TODAY)
        try:
            Backfill(platform[1], instance, request, tell).run(is_again=is_again)
        except BackfillIncomplete as why:
            lines.append(str(why))
        return lines

    sandbox.reset()
    yield run
    sandbox.reset()


def loaded_days(instance):
    return instance.get_materialized_partitions(dg.AssetKey(["octo", "slots"]))


def test_a_backfill_is_seen_as_partitions_on_dagsters_page(backfill, instance):
    lines = backfill()
    days = {str(FIRST + timedelta(days=ahead)) for ahead in range(9)}
    assert loaded_days(instance) == days
    assert lines[-1].startswith("built and published")


def test_an_interrupted_backfill_goes_on_where_it_was(backfill, instance, sandbox):
    def switch_off(_):
        for supplier in ("canal", "meridian"):
            sandbox.control(supplier, is_down=True)

    first = backfill(when_told=switch_off)
    assert first[-1] == "no supplier could be loaded; the same command goes on from here"
    assert len(loaded_days(instance)) == 7

    sandbox.reset()
    second = backfill()
    assert second[0].endswith("loaded before")
    assert len(loaded_days(instance)) == 9

    third = backfill()
    assert not [line for line in third if line.endswith("loaded before")]


def test_days_of_a_supplier_that_failed_alone_are_tried_again(backfill, sandbox):
    sandbox.control("canal", is_down=True)
    first = backfill()
    assert "canal_loaded" in first[0]
    assert first[-1] == "2 loads failed; the same command tries those again"

    sandbox.reset()
    assert not [line for line in backfill() if line.endswith("loaded before")]


def test_again_loads_what_an_interrupted_backfill_had_done(backfill, sandbox):
    backfill(when_told=lambda _: [sandbox.control(one, is_down=True) for one in ("canal", "meridian")])
    sandbox.reset()
    assert not [line for line in backfill(is_again=True) if line.endswith("loaded before")]
