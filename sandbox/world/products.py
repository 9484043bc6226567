"""A thing for sale: one offer at one place. Place + Offer -> Product, Option, Unit"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sandbox.world.offers import Kind, Offer, UnitType
from sandbox.world.places import Place
from sandbox.world.seasons import is_winter


@dataclass(frozen=True, slots=True)
class Unit:
    unit_id: str
    type: UnitType


@dataclass(frozen=True, slots=True)
class Option:
    """`noise_key` makes its availability its own; `language` is what the guide speaks, where that is a choice."""

    option_id: str
    title: str
    language: str | None
    noise_key: int
    units: tuple[Unit, ...]

    def unit(self, unit_id: str) -> Unit | None:
        return next((unit for unit in self.units if unit.unit_id == unit_id), None)


@dataclass(frozen=True, slots=True)
class Product:
    """`other` is the second place of a combination; `closed_weekday` counts from Monday = 0."""

    product_id: str
    reference: str | None
    place: Place
    other: Place | None
    kind: Kind
    offer_code: str
    offer: Offer
    adult_minor: int
    has_seasonal_prices: bool
    is_commission_only: bool
    commission_bps: int
    closed_weekday: int | None
    options: tuple[Option, ...]

    @property
    def minutes(self) -> tuple[int, int]:
        return self.offer.minutes or self.kind.minutes

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.option_id == option_id), None)

    def text(self, pattern: str) -> str:
        """A sentence of offers.toml or kinds.toml, filled in."""
        other = self.other.name_in_text if self.other else ""
        filled = pattern.format(place=self.place.name_in_text, city=self.place.city.name, other=other)
        return filled[:1].upper() + filled[1:]

    @property
    def title(self) -> str:
        return self.offer.title.format(place=self.place.name, other=self.other.name if self.other else "")


def opening_minutes(product: Product, day: date) -> tuple[int, int] | None:
    """Opening and closing time in minutes after midnight; None on a day it stays closed."""
    if product.closed_weekday == day.weekday() or day.month not in product.place.open_months:
        return None
    if (day.month, day.day) == (12, 25) or ((day.month, day.day) == (1, 1) and not product.kind.outdoor):
        return None
    closes = product.kind.winter_closes if is_winter(day) else None
    return _minutes(product.kind.opens), _minutes(closes or product.kind.closes)


def start_minutes(product: Product, opens: int, closes: int) -> list[int]:
    """Start times of a day with these hours; a day of one availability starts at opening."""
    offer = product.offer
    if offer.starts:
        return [_minutes(start) for start in offer.starts]
    if offer.every_minutes:
        last = closes - min(60, product.minutes[0])
        return list(range(opens, last + 1, offer.every_minutes))
    return [opens]


def yearly_starts(product: Product) -> list[int]:
    """Start times of summer and winter together."""
    kind = product.kind
    closings = {kind.closes, kind.winter_closes or kind.closes}
    return sorted(
        {start for closes in closings for start in start_minutes(product, _minutes(kind.opens), _minutes(closes))}
    )


@cache
def clock_time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@cache
def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
