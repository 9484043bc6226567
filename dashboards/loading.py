"""What pages show, read from the newest published release. catalogue reader -> frozen values, all of one release."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from core.errors import CatalogueError
from core.settings import Settings, settings
from warehouse.readers.catalog import CatalogReader, open_catalog
from warehouse.readers.shapes import CatalogScope, City, Country, Source


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a scope contains in one release; `problems` say why a newer release is not shown, if one exists."""

    countries: tuple[Country, ...]
    cities: tuple[City, ...]
    sources: tuple[Source, ...]
    version: str
    published_at: datetime
    problems: tuple[str, ...]

    @property
    def population(self) -> int:
        return sum(city.population for city in self.cities)

    @property
    def place_count(self) -> int:
        return sum(city.place_count for city in self.cities)

    @property
    def product_count(self) -> int:
        return sum(city.product_count for city in self.cities)


def load_coverage(scope: CatalogScope) -> Coverage | None:
    """None as long as nothing has been published that this program can read."""
    reader = _reader(settings())
    try:
        release = reader.pinned()
    except CatalogueError:
        return None
    return Coverage(
        countries=release.countries(scope),
        cities=release.cities(scope),
        sources=release.sources(),
        version=release.manifest.version,
        published_at=release.manifest.published_at,
        problems=(f"A newer catalogue is not shown: {reader.last_problem}.",) if reader.last_problem else (),
    )


@st.cache_resource(hash_funcs={Settings: lambda configured: (configured.publish_path, configured.home)})
def _reader(configured: Settings) -> CatalogReader:
    return open_catalog(configured)
