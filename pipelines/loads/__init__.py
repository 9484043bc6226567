"""Every load, callable by anyone: a schedule, a backfill, a test. a source + settings -> rows in the lake"""

from pipelines.loads.providers import (
    CALENDAR_DAYS_AHEAD,
    SLOT_DAYS_AHEAD,
    Availability,
    load_availability,
    load_catalogue,
    load_geography,
)
from pipelines.loads.report import LoadReport
from pipelines.loads.shop import ShopLoad, load_shop, load_shop_days
from pipelines.loads.stripe import load_stripe

__all__ = [
    "CALENDAR_DAYS_AHEAD",
    "SLOT_DAYS_AHEAD",
    "Availability",
    "LoadReport",
    "ShopLoad",
    "load_availability",
    "load_catalogue",
    "load_geography",
    "load_shop",
    "load_shop_days",
    "load_stripe",
]
