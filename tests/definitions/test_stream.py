"""From a sale at the desk to a published figure, through the stream's batches, in one warm process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import dagster as dg
import psycopg
import pytest

from core.db.addresses import Database, database_url
from core.settings import Settings
from dagster_project.runs import open_instance
from dagster_project.stream.batch import JOB, Batches
from dagster_project.stream.changes import ShopChanges
from dagster_project.stream.worker import Stream
from pipelines.loads import load_shop
from tests.fixtures.postgres import add_database
from warehouse.manifest import Dataset, Manifest
from warehouse.sales import SalesBuilder
from warehouse.store import ReleaseStore

# The first plan of all sales models is in it.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Lane:
    """The stream, in the one thread that it is made for."""

    def __init__(self, settings: Settings, instance: dg.DagsterInstance, stream: Stream, thread: ThreadPoolExecutor):
        self.settings = settings
        self.instance = instance
        self.stream = stream
        self._thread = thread

    async def catch_up(self) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.stream.catch_up)

    async def waits(self, seconds: float) -> bool:
        """Whether it is woken within `seconds`."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.stream.changes.wait, seconds)

    def release(self) -> Manifest | None:
        return ReleaseStore(self.settings.publish_path, Dataset.SALES).current()

    def runs(self) -> list[dg.DagsterRun]:
        return list(self.instance.get_runs(dg.RunsFilter(job_name=JOB)))

    @property
    def items(self) -> int:
        """How many sold items the published release holds."""
        return self.release().row_counts["fct_order_item"]


@pytest.fixture(scope="module")
def lane(desk_settings):
    add_database(desk_settings, Database.DAGSTER)
    with (
        ThreadPoolExecutor(1) as thread,
        open_instance(desk_settings) as instance,
        ShopChanges(desk_settings) as changes,
        SalesBuilder(desk_settings) as builder,
    ):
        batches = Batches(desk_settings, instance, builder)
        yield Lane(desk_settings, instance, Stream(desk_settings, changes, batches), thread)
        thread.submit(builder.close).result()


async def test_a_sale_is_published_by_one_batch_and_recorded_in_dagster(desk, lane):
    assert await lane.catch_up()
    key, [item] = await desk.paid(tickets=3)
    await desk.settle(key)
    assert await lane.waits(5)

    before, runs = lane.release(), len(lane.runs())
    assert await lane.catch_up()

    assert lane.release().version > before.version
    assert lane.items == 1
    assert len(lane.runs()) == runs + 1
    assert lane.runs()[0].status is dg.DagsterRunStatus.SUCCESS


async def test_nothing_sold_nothing_runs(desk, lane):
    assert await lane.catch_up()
    release, runs = lane.release(), len(lane.runs())
    await desk.held()

    assert await lane.catch_up()

    assert lane.release() == release
    assert len(lane.runs()) == runs


async def test_what_was_loaded_and_not_built_is_caught_up(desk, lane):
    assert await lane.catch_up()
    sold = lane.items
    key, _ = await desk.paid(tickets=2)
    await desk.settle(key)
    load_shop(lane.settings)
    lane.stream._seen = None

    assert await lane.catch_up()

    assert lane.items == sold + 1


async def test_the_end_of_every_connection_is_survived(desk, lane):
    assert await lane.catch_up()
    sold = lane.items
    key, _ = await desk.paid(tickets=1)
    await desk.settle(key)
    with psycopg.connect(database_url(Database.SHOP, lane.settings), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = current_user AND pid <> pg_backend_pid()"
        )

    assert await lane.waits(5)
    attempts = [await lane.catch_up() for _ in range(3)]

    assert attempts[-1]
    assert lane.items == sold + 1


async def test_a_sale_that_commits_while_another_is_being_written_is_read_at_once(desk, lane):
    assert await lane.catch_up()
    sold = lane.items
    with psycopg.connect(database_url(Database.LAKE, lane.settings)) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        for _ in range(2):
            key, _ = await desk.paid(tickets=1)
            await desk.settle(key)
            assert await lane.catch_up()
        assert lane.items == sold + 2
        runs = len(lane.runs())
        assert await lane.catch_up()
        assert len(lane.runs()) == runs
