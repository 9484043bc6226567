"""What a person asks a backfill for: dates and a word -> a checked request and its chunks of days"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.errors import CatalogueError
from dagster_project.groups import Group
from pipelines.loads import CALENDAR_DAYS_AHEAD


class What(StrEnum):
    """`availability` is bookable times with their prices, `prices` is calendar days with theirs."""

    AVAILABILITY = "availability"
    PRICES = "prices"


class BadRequest(CatalogueError):
    """The dates or the word cannot be used; the text says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one kind of fact is loaded: the job, its assets' group, and days asked of a supplier at once."""

    job: str
    group: Group
    chunk_days: int


PLANS = {
    What.AVAILABILITY: Plan("slots", Group.OCTO_SLOTS, chunk_days=7),
    What.PRICES: Plan("calendar", Group.OCTO_CALENDAR, chunk_days=30),
}


@dataclass(frozen=True, slots=True)
class Request:
    what: What
    first: date
    last: date

    @property
    def name(self) -> str:
        """The same for the same question, so that a second command finds what the first one did."""
        return f"{self.what}:{self.first}:{self.last}"

    @property
    def plan(self) -> Plan:
        return PLANS[self.what]

    def chunks(self) -> Iterator[tuple[date, date]]:
        """First and last day of each chunk, in order."""
        first = self.first
        while first <= self.last:
            last = min(first + timedelta(days=self.plan.chunk_days - 1), self.last)
            yield first, last
            first = last + timedelta(days=1)


def parse_request(what: str, first: str, last: str, *, today: date) -> Request:
    """BadRequest for a word we do not know, a date that is none, or days no supplier can answer for."""
    if what not in tuple(What):
        raise BadRequest(f"WHAT is {what!r}; it must be {' or '.join(What)}")
    begin, end = _day("FROM", first), _day("TO", last)
    final = today + timedelta(days=CALENDAR_DAYS_AHEAD)
    if end < begin:
        raise BadRequest(f"FROM {begin} is after TO {end}")
    if begin < today:
        raise BadRequest(f"FROM {begin} is past: suppliers only tell of days to come, and what we kept of it would go")
    if end > final:
        raise BadRequest(f"TO {end} is too far: days are kept up to {final}")
    return Request(What(what), begin, end)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{name} is {text!r}; write it as 2026-12-31") from None
