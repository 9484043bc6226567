"""Who comes when: visits one after the other, few at once. rate -> Visits, told in a line each"""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

import httpx

from sandbox.visitors.visit import Visit

MOST_AT_ONCE: Final = 3
READS_SECONDS: Final = 1.5
TIMEOUT_SECONDS: Final = 30
FASTEST_RATE: Final = 120.0


class Street:
    """`fronts` are the front pages people come to. A shop that is down costs a visit and no more."""

    def __init__(
        self,
        fronts: Sequence[str],
        chance: Random,
        *,
        say: Callable[[str], None],
        reads_seconds: float = READS_SECONDS,
    ) -> None:
        self._fronts = fronts
        self._chance = chance
        self._say = say
        self._reads_seconds = reads_seconds
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def open(self, rate: float, visits: int | None = None) -> None:
        """`rate` visits a minute on average, 120 at most, until `visits` have been made or for ever."""
        between = 60 / min(rate, FASTEST_RATE)
        made = 0
        async with asyncio.TaskGroup() as group:
            while visits is None or made < visits:
                await self._room.acquire()
                group.create_task(self._visit())
                made += 1
                await asyncio.sleep(self._chance.expovariate(1 / between))

    async def _visit(self) -> None:
        front = self._chance.choice(self._fronts)
        try:
            async with httpx.AsyncClient(trust_env=False, follow_redirects=True, timeout=TIMEOUT_SECONDS) as http:
                came = await Visit(http, front, self._chance, self._read).take_place()
            self._say(f"{front}: {came}")
        except httpx.HTTPError as error:
            self._say(f"{front}: {type(error).__name__}")
        finally:
            self._room.release()

    async def _read(self) -> None:
        await asyncio.sleep(self._chance.expovariate(1) * self._reads_seconds)
