"""Distances on the globe, in SQL that every engine has."""

from sqlglot import exp, parse_one
from sqlmesh import macro

EARTH_RADIUS_KM = 6371


@macro()
def distance_km(
    _evaluator: object,
    latitude: exp.Expression,
    longitude: exp.Expression,
    other_latitude: exp.Expression,
    other_longitude: exp.Expression,
) -> exp.Expression:
    """Great-circle distance of two points in degrees, by the haversine formula; a sphere errs by 0.5 % at most."""
    first, second, third, fourth = (
        part.sql("duckdb") for part in (latitude, longitude, other_latitude, other_longitude)
    )
    return parse_one(
        f"{2 * EARTH_RADIUS_KM} * ASIN(SQRT(LEAST(1, "
        f"POWER(SIN(RADIANS({third} - {first}) / 2), 2) + COS(RADIANS({first})) * COS(RADIANS({third})) "
        f"* POWER(SIN(RADIANS({fourth} - {second}) / 2), 2))))",
        dialect="duckdb",
    )
