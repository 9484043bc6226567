"""The fast lane of the tests: a sales stream whose batches run when they are told to."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import dagster as dg

from core.settings import Settings
from dagster_project.stream.batch import JOB, Batches
from dagster_project.stream.changes import ShopChanges
from dagster_project.stream.worker import Stream
from warehouse.manifest import Dataset, Manifest
from warehouse.sales import SalesBuilder
from warehouse.store import ReleaseStore


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
