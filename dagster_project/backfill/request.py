"""What a person asks a backfill for: dates and a word -> a checked request and its chunks of days"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import dagster as dg

from core.errors import CatalogueError
from dagster_project.groups import Group, assets_in
from dagster_project.partitions import FIRST_BUSINESS_DAY
from pipelines.loads import CALENDAR_DAYS_AHEAD


class What(StrEnum):
    """`availability` is bookable times with their prices, `prices` calendar days with theirs, `sales` what was sold."""

    AVAILABILITY = "availability"
    PRICES = "prices"
    SALES = "sales"


class BadRequest(CatalogueError):
    """The dates or the word cannot be used; the text says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one kind of fact is loaded again: what of which job a chunk of days needs, and the job that ends it all.

    `nothing` says that a chunk came to nothing.
    """

    job: str
    chunk: dg.AssetSelection
    chunk_days: int
    last_job: str = "publish"
    nothing: str = "no supplier could be loaded"


PLANS = {
    What.AVAILABILITY: Plan("slots", assets_in(Group.OCTO_SLOTS), chunk_days=7),
    What.PRICES: Plan("calendar", assets_in(Group.OCTO_CALENDAR), chunk_days=30),
    # A chunk holds the place of builds for seconds: what is sold meanwhile is built between two of them.
    What.SALES: Plan(
        "sales",
        assets_in(Group.SHOP, Group.SALES),
        chunk_days=7,
        last_job="publish_sales",
        nothing="these days could not be built",
    ),
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
    """BadRequest for a word we do not know, a date that is none, or days that nobody can tell of."""
    if what not in tuple(What):
        raise BadRequest(f"WHAT is {what!r}; it must be {', '.join(What)}")
    begin, end = _day("FROM", first), _day("TO", last)
    if end < begin:
        raise BadRequest(f"FROM {begin} is after TO {end}")
    check = _require_sold if what == What.SALES else _require_on_sale
    check(begin, end, today)
    return Request(What(what), begin, end)


def _require_on_sale(first: date, last: date, today: date) -> None:
    final = today + timedelta(days=CALENDAR_DAYS_AHEAD)
    if first < today:
        raise BadRequest(f"FROM {first} is past: suppliers only tell of days to come, and what we kept of it would go")
    if last > final:
        raise BadRequest(f"TO {last} is too far: days are kept up to {final}")


def _require_sold(first: date, last: date, today: date) -> None:
    if first < FIRST_BUSINESS_DAY:
        raise BadRequest(f"FROM {first} is too early: the figures begin on {FIRST_BUSINESS_DAY}")
    # East of Greenwich a business day begins while UTC still has the day before.
    if last > today + timedelta(days=1):
        raise BadRequest(f"TO {last} is to come: nothing was sold on it yet")


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{name} is {text!r}; write it as 2026-12-31") from None
