"""Asks providers what can be booked now. TicketProvider.slots -> slots with the moment they were checked

Callers of the same day share one call, an answer is reused for some seconds, and nobody waits longer than the budget.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import structlog

from api.availability.circuit import Circuit
from core.domain.clock import Clock, utc_now
from core.domain.ports import OptionRef, ProviderSlot, TicketProvider
from core.errors import ProviderError, ProviderUnavailable

log = structlog.get_logger("api.availability")

BUDGET_SECONDS: Final = 2.0
REUSED_FOR: Final = timedelta(seconds=15)
CAPACITY: Final = 5_000


class LiveDay(NamedTuple):
    connection_id: str
    option: OptionRef
    day: date


@dataclass(frozen=True, slots=True)
class LiveSlots:
    slots: tuple[ProviderSlot, ...]
    checked_at: datetime


class LiveAvailability:
    """What the providers say now, by connection."""

    def __init__(
        self,
        providers: Mapping[str, TicketProvider],
        *,
        clock: Clock = utc_now,
        budget_seconds: float = BUDGET_SECONDS,
    ) -> None:
        self._providers = providers
        self._clock = clock
        self._budget_seconds = budget_seconds
        self._circuits = {connection_id: Circuit() for connection_id in providers}
        self._answers: OrderedDict[LiveDay, LiveSlots] = OrderedDict()
        self._asking: dict[LiveDay, asyncio.Task[LiveSlots]] = {}

    async def slots(self, wanted: LiveDay) -> LiveSlots:
        """The day's slots, at most 15 s old; ProviderError when the provider fails, refuses or takes too long."""
        answer = self._answers.get(wanted)
        if answer is not None and self._clock() - answer.checked_at < REUSED_FOR:
            return answer
        asking = self._asking.get(wanted)
        if asking is None:
            asking = self._asking[wanted] = asyncio.create_task(self._ask(wanted))
            asking.add_done_callback(lambda _: self._asking.pop(wanted, None))
        return await asyncio.shield(asking)

    def forget(self, wanted: LiveDay) -> None:
        """Reuse no answer of this day: the provider has just said otherwise."""
        self._answers.pop(wanted, None)

    async def _ask(self, wanted: LiveDay) -> LiveSlots:
        provider = self._providers.get(wanted.connection_id)
        if provider is None:
            raise ProviderUnavailable(f"the connection {wanted.connection_id} is not configured here")
        try:
            async with asyncio.timeout(self._budget_seconds), self._circuits[wanted.connection_id].call():
                found = await provider.slots(wanted.option, wanted.day, wanted.day)
        except TimeoutError as error:
            log.warning("provider too slow", connection_id=wanted.connection_id, budget_seconds=self._budget_seconds)
            raise ProviderUnavailable(f"no answer within {self._budget_seconds:g} seconds") from error
        except ProviderError as error:
            log.warning("provider failed", connection_id=wanted.connection_id, error=str(error))
            raise
        return self._keep(wanted, found)

    def _keep(self, wanted: LiveDay, found: list[ProviderSlot]) -> LiveSlots:
        # A provider that answers with other days is not believed about them.
        of_day = tuple(slot for slot in found if slot.starts_at.date() == wanted.day)
        answer = self._answers[wanted] = LiveSlots(of_day, self._clock())
        self._answers.move_to_end(wanted)
        if len(self._answers) > CAPACITY:
            self._answers.popitem(last=False)
        return answer
