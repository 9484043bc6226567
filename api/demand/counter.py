"""Adds up what was seen, and brings it to the shop database every ten seconds. sightings -> demand_count"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from api.demand.repository import HOUR_SECONDS, Counted, DemandRepository
from api.demand.sightings import Sighting
from api.shops.shop import Shop
from core.domain.clock import Clock

log = structlog.get_logger("api.demand")

FLUSH_SECONDS: Final = 10.0
# About 10 MB. While the database is away, what was never seen before is not counted beyond it.
CAPACITY: Final = 20_000


class DemandCounter:
    """Counts of this process that the database does not have yet."""

    def __init__(self, repository: DemandRepository, clock: Clock, *, capacity: int = CAPACITY) -> None:
        self._repository = repository
        self._clock = clock
        self._capacity = capacity
        self._waiting: dict[Counted, int] = {}
        self._uncounted = 0

    def count(self, shop: Shop, sighting: Sighting) -> None:
        hour = int(self._clock().timestamp()) // HOUR_SECONDS
        self._add(Counted(shop.reseller_id, shop.shop_id, hour, sighting), 1)

    @asynccontextmanager
    async def flushing(self) -> AsyncIterator[None]:
        """Flushes for as long as this lasts, and at its end."""
        ended = asyncio.Event()
        task = asyncio.create_task(self._flush_until(ended))
        try:
            yield
        finally:
            # Not cancelled: what it is writing at this moment would be lost, or written twice.
            ended.set()
            await task
            await self.flush()

    async def flush(self) -> None:
        """Bring everything to the database, one transaction per reseller; what cannot be brought now is kept."""
        waiting, self._waiting = self._waiting, {}
        unwritten = _by_reseller(waiting)
        try:
            for reseller_id in tuple(unwritten):
                await self._write(reseller_id, unwritten[reseller_id])
                del unwritten[reseller_id]
        except (SQLAlchemyError, OSError) as error:
            log.warning("demand not written, kept for later", resellers=len(unwritten), error=type(error).__name__)
            for counts in unwritten.values():
                for counted, seen in counts.items():
                    self._add(counted, seen)
        if self._uncounted:
            log.warning("demand not counted, too much is waiting", seen=self._uncounted)
            self._uncounted = 0

    async def _write(self, reseller_id: str, counts: dict[Counted, int]) -> None:
        try:
            await self._repository.add(reseller_id, counts)
        except (IntegrityError, DataError) as error:
            # It will never be taken, and must not stand in the way of the others.
            log.warning("demand refused", reseller_id=reseller_id, counts=len(counts), error=str(error.orig))

    def _add(self, counted: Counted, seen: int) -> None:
        before = self._waiting.get(counted, 0)
        if before or len(self._waiting) < self._capacity:
            self._waiting[counted] = before + seen
        else:
            self._uncounted += seen

    async def _flush_until(self, ended: asyncio.Event) -> None:
        while not ended.is_set():
            try:
                await asyncio.wait_for(ended.wait(), FLUSH_SECONDS)
            except TimeoutError:
                await self.flush()


def _by_reseller(counts: dict[Counted, int]) -> dict[str, dict[Counted, int]]:
    split: dict[str, dict[Counted, int]] = {}
    for counted, seen in counts.items():
        split.setdefault(counted.reseller_id, {})[counted] = seen
    return split
