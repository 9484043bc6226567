"""Real places of the world. places.csv -> Place"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox.world.geography import City, direction, distance_km, load_cities

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Place:
    """A sight or venue; what is not known is None. `source` is an address that tells about this place and no other."""

    key: str
    city: City
    has_article: bool
    name: str
    local_name: str
    kind: str
    latitude: float
    longitude: float
    street_address: str | None
    source: str | None
    open_months: frozenset[int]

    @property
    def name_in_text(self) -> str:
        """`the Eiffel Tower`, but `Prague Castle`."""
        return f"the {self.name}" if self.has_article else self.name

    @property
    def distance_km(self) -> float:
        return distance_km(self.latitude, self.longitude, self.city)

    @property
    def direction(self) -> str:
        return direction(self.latitude, self.longitude, self.city)


@cache
def load_places() -> tuple[Place, ...]:
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_place(row, load_cities()) for row in csv.DictReader(file))


def slug(text: str) -> str:
    """`Doge's Palace` as `doges-palace`: plain ASCII for keys and file names."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("ø", "o")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _place(row: dict[str, str], cities: dict[str, City]) -> Place:
    city = cities[row["city"]]
    first, _, last = row["open_months"].partition("-")
    return Place(
        key=f"{slug(row['city'])}-{slug(row['name'])}",
        city=city,
        has_article=row["article"] == "the",
        name=row["name"],
        local_name=row["local_name"],
        kind=row["kind"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        street_address=row["street_address"] or None,
        source=row["source"] or None,
        open_months=frozenset(range(int(first or 1), int(last or 12) + 1)),
    )
