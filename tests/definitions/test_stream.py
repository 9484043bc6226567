"""From a sale at the desk to a published figure, through the stream's batches, in one warm process."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import dagster as dg
import psycopg
import pytest

from core.db.addresses import Database, database_url
from core.domain.clock import utc_now
from core.settings import Settings
from dagster_project.runs import open_instance
from dagster_project.stream.batch import JOB, Batches
from dagster_project.stream.changes import ShopChanges
from dagster_project.stream.worker import Stream
from pipelines.loads import load_shop
from tests.fixtures.postgres import add_database
from warehouse import lake
from warehouse.manifest import Dataset, Manifest
from warehouse.sales import SalesBuilder
from warehouse.store import ReleaseStore

# The first plan of all sales models is in it.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Lane:
    """The stream, in the one thread that it is made for."""

    def __init__(self, settings: Settings, instance: dg.DagsterInstance, changes: ShopChanges, builder: SalesBuilder):
        self.settings = settings
        self.instance = instance
        self._changes = changes
        self._batches = Batches(settings, instance, builder)
        self._thread = ThreadPoolExecutor(1)
        self.restart()

    def restart(self) -> None:
        """What a stream remembers between two batches is gone; the rest of its process costs seconds to start."""
        self._stream = Stream(self.settings, self._changes, self._batches)

    async def catch_up(self) -> bool:
        return await self._run(self._stream.catch_up)

    async def is_woken(self, *, within: float) -> bool:
        return await self._run(partial(self._changes.wait, within))

    async def _run(self, work: Callable[[], bool]) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    @property
    def release(self) -> Manifest | None:
        return ReleaseStore(self.settings.publish_path, Dataset.SALES).current()

    @property
    def items(self) -> int:
        """How many sold items the published release holds."""
        return self.release.row_counts["fct_order_item"]

    @property
    def runs(self) -> list[dg.DagsterRun]:
        """Newest first."""
        return list(self.instance.get_runs(dg.RunsFilter(job_name=JOB)))

    def made(self, table: str) -> dg.AssetMaterialization:
        """The last thing Dagster's page says of a table."""
        return self.instance.get_latest_materialization_event(dg.AssetKey(table.split("/"))).asset_materialization

    def days_made(self, table: str) -> set[str]:
        return self.instance.get_materialized_partitions(dg.AssetKey(table.split("/")))


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
    today = utc_now().date().isoformat()
    assert today in lane.days_made("sales/fct_order_item") & lane.days_made("shop/order_items")
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
    release = lane.release
    await sell(desk)
    change_lake(lane, "UPDATE shop.ledger_postings SET amount_minor = amount_minor + 1 WHERE account = 'BUYER'")
    assert not await lane.catch_up()
    assert lane.runs[0].status is dg.DagsterRunStatus.FAILURE
    assert lane.release == release

    change_lake(lane, "UPDATE shop.ledger_postings SET amount_minor = amount_minor - 1 WHERE account = 'BUYER'")
    assert await lane.catch_up()
    assert lane.items == quiet + 1


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
