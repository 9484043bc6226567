"""A backfill carried out against sandbox suppliers, interrupted and taken up again."""

from datetime import timedelta

import dagster as dg
import pytest

from core.db.addresses import Database
from core.domain.clock import utc_now
from dagster_project.backfill.ledger import Ledger
from dagster_project.backfill.request import parse_request
from dagster_project.backfill.steps import Backfill, BackfillIncomplete
from dagster_project.definitions import platform_definitions
from dagster_project.runs import open_instance
from pipelines.loads import load_catalogue, load_geography
from tests.fixtures.postgres import add_database

# The first plan of all models and the first load are in it.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

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
    """What Dagster's page shows as materialised partitions."""
    return instance.get_materialized_partitions(dg.AssetKey(["octo", "slots"]))


def days(count):
    return {str(FIRST + timedelta(days=ahead)) for ahead in range(count)}


def test_an_interrupted_backfill_goes_on_where_it_was(backfill, instance, sandbox):
    def switch_off(_):
        for supplier in ("canal", "meridian"):
            sandbox.control(supplier, is_down=True)

    interrupted = backfill(when_told=switch_off)
    assert interrupted[-1] == "no supplier could be loaded; the same command goes on from here"
    assert loaded_days(instance) == days(7)

    assert not backfill(is_again=True)[0].endswith("loaded before")

    sandbox.reset()
    resumed = backfill()
    assert resumed[0].endswith("loaded before")
    assert resumed[-1].startswith("built and published")
    assert loaded_days(instance) == days(9)

    switch_off(None)
    assert not backfill()[0].endswith("loaded before"), "a finished backfill asked for again is a new one"


def test_days_of_a_supplier_that_failed_alone_count_as_missing(backfill, instance, sandbox):
    sandbox.control("canal", is_down=True)
    lines = backfill()
    assert "canal_loaded" in lines[0]
    assert lines[-2].startswith("built and published")
    assert lines[-1] == "2 loads failed; the same command tries those again"
    request = parse_request("availability", str(FIRST), str(LAST), today=TODAY)
    assert not Ledger(instance, request).done_chunks()
