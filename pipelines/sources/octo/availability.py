"""Calendar and slots, flat. an option's days or slots -> Arrow frames of calendar_days, slots and their prices"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from core.domain.ports import OptionRef
from pipelines.errors import CatalogueTruncated
from pipelines.raw_tables import RawTable
from pipelines.sources.octo.schemas import CalendarDay, Hours, Pricing, Slot, UnitPrices
from pipelines.sources.octo.settings import FEW_PRODUCTS, LARGEST_DROP
from pipelines.sources.octo.tables import CALENDAR_DAYS, CALENDAR_PRICES, SLOT_PRICES, SLOTS

Key = tuple[str, str, str]
Tuples = Iterator[tuple[Any, ...]]


def day_frames(
    connection_id: str, fetched_at: datetime, option: OptionRef, days: Sequence[CalendarDay]
) -> dict[RawTable, pa.Table]:
    """One option's calendar."""
    key = (connection_id, option.provider_product_id, option.provider_option_id)
    return {
        CALENDAR_DAYS: CALENDAR_DAYS.frame(_days(key, days, fetched_at)),
        CALENDAR_PRICES: CALENDAR_PRICES.frame(_day_prices(key, days, fetched_at)),
    }


def slot_frames(
    connection_id: str, fetched_at: datetime, option: OptionRef, slots: Sequence[Slot]
) -> dict[RawTable, pa.Table]:
    """One option's slots."""
    key = (connection_id, option.provider_product_id, option.provider_option_id)
    return {
        SLOTS: SLOTS.frame(_slots(key, slots, fetched_at)),
        SLOT_PRICES: SLOT_PRICES.frame(_slot_prices(key, slots, fetched_at)),
    }


def compare_availability(known: frozenset[str], told: pa.Table, days: str) -> None:
    """CatalogueTruncated when too many of the products that are `known` on these days are told of no more."""
    emptied = known.difference(told["provider_product_id"].unique().to_pylist())
    if len(emptied) > max(LARGEST_DROP * len(known), FEW_PRODUCTS):
        raise CatalogueTruncated(f"{days}: {len(emptied)} of {len(known)} products have nothing left")


# The tuples below are in the order of their table's columns: a dictionary per row would cost three times as much.


def _days(key: Key, days: Sequence[CalendarDay], fetched_at: datetime) -> Tuples:
    for day in days:
        opened = (day.status, day.available, day.vacancies, day.capacity, *_hours(day.opening_hours))
        yield (*key, day.local_date, *opened, fetched_at)


def _day_prices(key: Key, days: Sequence[CalendarDay], fetched_at: datetime) -> Tuples:
    for day in days:
        for price in _prices(day.unit_pricing_from, day.pricing_from):
            yield (*key, day.local_date, *price, fetched_at)


def _slots(key: Key, slots: Sequence[Slot], fetched_at: datetime) -> Tuples:
    for slot in slots:
        starts, ends = slot.local_date_time_start, slot.local_date_time_end
        times = (starts.isoformat(), starts, ends, slot.all_day)
        places = (slot.available, slot.status, slot.vacancies, slot.capacity, slot.max_units)
        sale = (slot.utc_cutoff_at or starts, *_hours(slot.opening_hours), fetched_at)
        yield (*key, starts.date(), slot.id, *times, *places, *sale)


def _slot_prices(key: Key, slots: Sequence[Slot], fetched_at: datetime) -> Tuples:
    for slot in slots:
        for price in _prices(slot.unit_pricing, slot.pricing):
            yield (*key, slot.local_date_time_start.date(), slot.id, *price, fetched_at)


def _prices(per_unit: UnitPrices, per_booking: Pricing | None) -> Tuples:
    """Beside prices per unit, the other price is only the total of the units asked about."""
    for price in per_unit:
        yield (price.unit_id, *_amounts(price))
    if per_booking and not per_unit:
        yield ("", *_amounts(per_booking))


def _amounts(price: Pricing) -> tuple[Any, ...]:
    return (price.currency, price.currency_precision, price.original, price.retail, price.net)


def _hours(hours: Hours) -> tuple[str | None, str | None]:
    """Opening to closing; a midday break is not the calendar's business."""
    return (hours[0].opens_at, hours[-1].closes_at) if hours else (None, None)
