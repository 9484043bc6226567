"""From a sale at the desk to a published figure, through the stream's batches."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import dagster as dg
import psycopg
import pytest

from core.db.addresses import Database, database_url
from core.domain.clock import utc_now
from core.settings import ROOT
from dagster_project.backfill.request import parse_request
from dagster_project.backfill.steps import Backfill, BackfillIncomplete
from dagster_project.definitions import platform_definitions
from dagster_project.defs.sales.checks import late_postings
from dagster_project.runs import open_instance
from dagster_project.stream.changes import ShopChanges
from pipelines.loads import load_shop
from tests.definitions.lane import Lane
from tests.fixtures.postgres import add_database
from warehouse import lake
from warehouse.sales import SalesBuilder

FALSE_POSTING = "SELECT * REPLACE (-1 AS posting_id) FROM shop.ledger_postings WHERE account = 'BUYER' LIMIT 1"

# The first plan of all sales models is in it.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def lane(desk_settings):
    add_database(desk_settings, Database.DAGSTER)
    with (
        open_instance(desk_settings) as instance,
        ShopChanges(desk_settings) as changes,
        SalesBuilder(desk_settings) as builder,
    ):
        yield Lane(desk_settings, instance, changes, builder)


@pytest.fixture
async def quiet(lane):
    """All that was sold before is published; how many items those are."""
    assert await lane.catch_up()
    while await lane.is_woken(within=0):
        pass
    return lane.items


async def sell(desk):
    key, [item] = await desk.paid()
    await desk.settle(key)
    return key, item


def business_day() -> date:
    """Today, where the desk stands."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def change_lake(lane, statement):
    with lake.connect(lane.settings) as connection:
        connection.execute(statement)


async def test_a_sale_is_published_by_one_batch(desk, lane, quiet):
    release, runs = lane.release, lane.runs
    await sell(desk)

    assert await lane.is_woken(within=5)
    assert await lane.catch_up()

    assert lane.items == quiet + 1
    assert lane.release.version > release.version
    assert lane.runs[1:] == runs


@pytest.mark.usefixtures("quiet")
async def test_a_sale_that_nobody_read_is_found_late(desk, lane):
    in_an_hour = utc_now() + timedelta(hours=1)
    await sell(desk)
    assert late_postings(lane.settings, booked_before=in_an_hour) > 0
    assert await lane.catch_up()
    assert late_postings(lane.settings, booked_before=in_an_hour) == 0


async def test_dagsters_page_says_what_the_batch_made(desk, lane, quiet):
    await sell(desk)
    assert await lane.catch_up()

    assert lane.runs[0].status is dg.DagsterRunStatus.SUCCESS
    release = lane.made("published/sales").metadata
    assert release["release"].value == lane.release.version
    assert release["rows"].value["fct_order_item"] == quiet + 1
    items = lane.made("sales/fct_order_item").metadata
    assert items["dagster/row_count"].value == quiet + 1
    assert items["lake_snapshot_id"].value > 0
    assert business_day().isoformat() in lane.days_made("sales/fct_order_item") & lane.days_made("shop/order_items")
    checks = lane.instance.event_log_storage.get_asset_check_summary_records
    key = dg.AssetCheckKey(dg.AssetKey(["sales", "fct_order_item"]), "ledger_equals_items")
    assert checks([key])[key].last_check_execution_record.run_id == lane.runs[0].run_id


@pytest.mark.usefixtures("quiet")
async def test_nothing_sold_nothing_runs(desk, lane):
    release, runs = lane.release, lane.runs
    await desk.held()

    assert await lane.catch_up()

    assert (lane.release, lane.runs) == (release, runs)


async def test_what_was_loaded_and_not_built_is_caught_up_by_the_next_start(desk, lane, quiet):
    await sell(desk)
    load_shop(lane.settings)
    lane.restart()

    assert await lane.catch_up()

    assert lane.items == quiet + 1


async def test_a_sale_is_read_while_an_older_transaction_is_still_open_and_only_once(desk, lane, quiet):
    with psycopg.connect(database_url(Database.LAKE, lane.settings)) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        for sold in (1, 2):
            await sell(desk)
            assert await lane.catch_up()
            assert lane.items == quiet + sold
        runs = lane.runs
        assert await lane.catch_up()
        assert lane.runs == runs


async def test_a_broken_audit_is_a_failed_run_keeps_the_release_and_is_tried_again(desk, lane, quiet):
    await sell(desk)
    assert await lane.catch_up()
    release = lane.release
    await sell(desk)
    change_lake(lane, f"INSERT INTO shop.ledger_postings {FALSE_POSTING}")
    assert not await lane.catch_up()
    assert lane.runs[0].status is dg.DagsterRunStatus.FAILURE
    assert lane.release == release

    change_lake(lane, "DELETE FROM shop.ledger_postings WHERE posting_id = -1")
    assert await lane.catch_up()
    assert lane.items == quiet + 2


async def test_sales_go_on_during_a_backfill_that_is_interrupted_and_taken_up_again(desk, lane, quiet):
    change_lake(lane, "UPDATE shop.order_items SET city_id = 'cty_wrong'")
    last = business_day()
    request = parse_request("sales", str(last - timedelta(days=13)), str(last), today=utc_now().date())
    backfill = partial(Backfill, platform_definitions(lane.settings), lane.instance, request)
    is_sold = threading.Event()
    told = []

    def wait_for_the_sale(line):
        told.append(line)
        assert is_sold.wait(300)
        raise KeyboardInterrupt

    interrupted = asyncio.create_task(asyncio.to_thread(outcome, backfill(wait_for_the_sale)))
    await asyncio.to_thread(until, lambda: told)
    await sell(desk)
    assert await lane.catch_up()
    is_sold.set()
    assert await interrupted == "KeyboardInterrupt"

    assert await asyncio.to_thread(outcome, backfill(told.append)) is None
    assert told[1].endswith("loaded before")
    assert lane.items == quiet + 1
    assert len(lane.days_made("sales/fct_order_item")) == 14
    with lake.connect(lane.settings) as connection:
        assert connection.execute("SELECT DISTINCT city_id FROM sales.fct_order_item").fetchall() == [("cty_desk",)]


def outcome(backfill):
    """The name of what ended it early, if anything did."""
    try:
        backfill.run()
    except (KeyboardInterrupt, BackfillIncomplete) as why:
        return type(why).__name__


async def test_a_process_of_its_own_is_woken_by_a_sale_and_stops_when_asked(desk, lane, quiet, process):
    await sell(desk)
    await asyncio.to_thread(until, lambda: lane.items == quiet + 1)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(process.wait, 30) == 0


@pytest.fixture
def process(lane):
    """The stream as `make run` starts it."""
    given = {
        "TIQZY_HOME": str(lane.settings.home),
        "TIQZY_DATABASE_URL": lane.settings.database_url.get_secret_value(),
        "TIQZY_SHOP_DATABASE_URL": lane.settings.shop_database_url.get_secret_value(),
    }
    environment = os.environ | given  # noqa: TID251 - handed on whole, not read
    command = [sys.executable, "-m", "dagster_project.stream"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as started:  # noqa: S603 - our own program
        yield started
        started.kill()


def until(is_so, within=240):
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


async def test_the_end_of_every_connection_is_survived(desk, lane, quiet):
    with psycopg.connect(database_url(Database.SHOP, lane.settings), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = current_user AND pid <> pg_backend_pid()"
        )
    await sell(desk)

    assert await lane.is_woken(within=5)
    attempts = [await lane.catch_up() for _ in range(3)]

    assert attempts[-1]
    assert lane.items == quiet + 1
