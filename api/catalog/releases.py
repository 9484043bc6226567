"""Follows the published release, so that no request waits for a file. CatalogReader -> version in memory"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool

from warehouse.errors import NoRelease
from warehouse.readers.catalog import CatalogReader

log = structlog.get_logger("api.catalog")

LOOK_EVERY_SECONDS: Final = 1.0


class ReleaseWatch:
    """`version` is None before the first release; it moves within about a second of a publish."""

    def __init__(self, reader: CatalogReader) -> None:
        self._reader = reader
        self.version: str | None = None
        self.problem: str | None = None

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Looks once before it begins, so that the first request already knows."""
        await run_in_threadpool(self._look)
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            await run_in_threadpool(self._look)

    def _look(self) -> None:
        before = (self.version, self.problem)
        try:
            self.version = self._reader.manifest.version
        except NoRelease:
            self.version = None
        self.problem = self._reader.last_problem
        if (self.version, self.problem) != before:
            log.info("catalogue release", version=self.version, problem=self.problem)
