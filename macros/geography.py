"""Distances on the globe, in SQL that every engine has."""

from sqlglot import exp, parse_one
from sqlmesh import macro

EARTH_RADIUS_KM = 6371


@macro()
def distance_km(
    _evaluator: object,
    from_latitude: exp.Expression,
    from_longitude: exp.Expression,
    to_latitude: exp.Expression,
    to_longitude: exp.Expression,
) -> exp.Expression:
    """Great-circle distance of two points in degrees, by the haversine formula; a sphere errs by 0.5 % at most."""
    return parse_one(
        f"{2 * EARTH_RADIUS_KM} * ASIN(SQRT(LEAST(1, "
        f"POWER(SIN(RADIANS({to_latitude} - {from_latitude}) / 2), 2) "
        f"+ COS(RADIANS({from_latitude})) * COS(RADIANS({to_latitude})) "
        f"* POWER(SIN(RADIANS({to_longitude} - {from_longitude}) / 2), 2))))",
        dialect="duckdb",
    )
