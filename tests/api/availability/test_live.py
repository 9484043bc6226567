"""Asking providers: one call for many visitors, answers reused for seconds, failures kept to themselves."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from api.availability.circuit import FAILURES_TO_OPEN, Circuit
from api.availability.live import LiveAvailability, LiveDay
from core.domain.ports import AvailabilityStatus, OptionRef, ProviderSlot
from core.errors import ProviderRefused, ProviderUnavailable

DAY = date(2026, 12, 1)
ASKED = LiveDay("acme", OptionRef("product", "option"), DAY)


class Acme:
    """A provider that counts its calls, and answers when it is told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.error: Exception | None = None

    async def slots(self, option: OptionRef, first: date, last: date) -> list[ProviderSlot]:
        self.calls += 1
        assert (option, last) == (ASKED.option, first)
        await self.may_answer.wait()
        if self.error:
            raise self.error
        return [_slot(first), _slot(first + timedelta(days=1))]


def _slot(day: date) -> ProviderSlot:
    starts_at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    ends_at = starts_at + timedelta(hours=1)
    return ProviderSlot("id", starts_at, ends_at, False, True, AvailabilityStatus.AVAILABLE, 5, None, starts_at)


@pytest.fixture
def acme() -> Acme:
    return Acme()


async def test_visitors_of_one_day_share_one_call(acme):
    acme.may_answer.clear()
    live = LiveAvailability({"acme": acme})
    waiting = [asyncio.create_task(live.slots(ASKED)) for _ in range(20)]
    await asyncio.sleep(0)
    acme.may_answer.set()
    await asyncio.gather(*waiting)
    assert acme.calls == 1


async def test_one_visitor_who_leaves_does_not_take_the_answer_from_the_others(acme):
    acme.may_answer.clear()
    live = LiveAvailability({"acme": acme})
    leaving, staying = (asyncio.create_task(live.slots(ASKED)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    acme.may_answer.set()
    assert len((await staying).slots) == 1


async def test_an_answer_is_reused_for_seconds_and_then_asked_for_again(acme):
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    live = LiveAvailability({"acme": acme}, clock=lambda: now)
    await live.slots(ASKED)
    now += timedelta(seconds=14)
    assert (await live.slots(ASKED)).checked_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    now += timedelta(seconds=2)
    assert (await live.slots(ASKED)).checked_at == now
    assert acme.calls == 2


async def test_days_that_were_not_asked_for_are_not_believed(acme):
    assert {slot.starts_at.date() for slot in (await LiveAvailability({"acme": acme}).slots(ASKED)).slots} == {DAY}


async def test_a_provider_that_takes_too_long_is_not_waited_for(acme):
    acme.may_answer.clear()
    live = LiveAvailability({"acme": acme}, budget_seconds=0.01)
    with pytest.raises(ProviderUnavailable, match="no answer within"):
        await live.slots(ASKED)


async def test_a_provider_that_is_slow_again_and_again_is_left_alone(acme):
    acme.may_answer.clear()
    live = LiveAvailability({"acme": acme}, budget_seconds=0.01)
    for _ in range(FAILURES_TO_OPEN):
        with pytest.raises(ProviderUnavailable, match="no answer within"):
            await live.slots(ASKED)
    with pytest.raises(ProviderUnavailable, match="left alone"):
        await live.slots(ASKED)
    assert acme.calls == FAILURES_TO_OPEN


async def test_a_connection_that_is_not_ours_is_unavailable():
    with pytest.raises(ProviderUnavailable, match="not configured"):
        await LiveAvailability({}).slots(ASKED)


async def _fail(circuit: Circuit, error: Exception) -> None:
    with pytest.raises(type(error)):
        async with circuit.call():
            raise error


async def test_a_circuit_opens_after_failures_in_a_row_and_lets_one_call_try_later():
    now = 0.0
    circuit = Circuit(monotonic=lambda: now)
    for _ in range(FAILURES_TO_OPEN):
        await _fail(circuit, ProviderUnavailable("down"))
    with pytest.raises(ProviderUnavailable, match="left alone"):
        async with circuit.call():
            pytest.fail("an open circuit let a call through")
    now += 16
    async with circuit.call():
        with pytest.raises(ProviderUnavailable, match="left alone"):
            async with circuit.call():
                pytest.fail("a second call came along with the trial")
    async with circuit.call():
        pass
    assert not circuit.is_open


async def test_refusals_do_not_open_a_circuit():
    circuit = Circuit()
    for _ in range(FAILURES_TO_OPEN * 2):
        await _fail(circuit, ProviderRefused("sold out"))
    assert not circuit.is_open
