"""What a kind of place is like and what it can sell. kinds.toml, offers.toml, units.toml -> Kind, Offer, UnitType"""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(_Row):
    noun: str
    admission_minor: int
    opens: str
    closes: str
    winter_closes: str | None = None
    outdoor: bool = False
    monday_closed_share: int = 0
    demand: int
    minutes: tuple[int, int]
    labels: tuple[str, ...]
    offers: tuple[str, ...]
    openings: tuple[str, ...]


class Offer(_Row):
    """A way to sell a place; `starts` and `every_minutes` both empty means one availability a day."""

    title: str
    short: str
    body: str
    price_bps: int
    struck_bps: int = 10000
    starts: tuple[str, ...] = ()
    every_minutes: int | None = None
    capacity: int
    units: str
    per_booking: bool = False
    labels: tuple[str, ...]
    inclusions: tuple[str, ...]
    exclusions: tuple[str, ...]
    minutes: tuple[int, int] | None = None
    cutoff_minutes: int = 0
    cancellation: tuple[int, str]
    commentary: str | None = None
    languages: tuple[str, ...] = ()
    meeting_point: bool = False
    confirms_later: bool = False

    @property
    def has_start_times(self) -> bool:
        return bool(self.starts or self.every_minutes)

    @property
    def is_freesale(self) -> bool:
        return self.capacity == 0

    @property
    def takes_whole_slot(self) -> bool:
        """A private boat is gone once anybody has booked it."""
        return self.units == "group"


class UnitType(_Row):
    type: str
    title: str
    ages: tuple[int, int]
    price_bps: int
    id_required: bool = False
    max_quantity: int | None = None
    with_adult: bool = False
    pax: int = 1


@cache
def load_kinds() -> dict[str, Kind]:
    return {name: Kind.model_validate(row) for name, row in _read("kinds.toml").items()}


@cache
def load_offers() -> dict[str, Offer]:
    return {name: Offer.model_validate(row) for name, row in _read("offers.toml").items()}


@cache
def load_unit_types() -> dict[str, tuple[UnitType, ...]]:
    return {name: tuple(map(UnitType.model_validate, rows)) for name, rows in _read("units.toml").items()}


def _read(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((HERE / name).read_text("utf-8"))
