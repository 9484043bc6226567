"""The business days a run is about: those asked for by partition, or those that the shop's changes touched."""

from collections.abc import Iterable, Mapping
from datetime import date

import dagster as dg

from dagster_project.evidence import DAY_ROW_COUNT
from dagster_project.partitions import BUSINESS_DAYS


def days_asked(context: dg.AssetExecutionContext) -> frozenset[date]:
    """The days of the run's partitions; none where it has none, and follows the shop's changes instead."""
    if not (context.has_partition_key or context.has_partition_key_range):
        return frozenset()
    return frozenset(map(date.fromisoformat, context.partition_keys))


def note_days(
    context: dg.AssetExecutionContext,
    key: dg.AssetKey,
    days: Iterable[date],
    *,
    rows: Mapping[date, int] | None = None,
) -> None:
    """Let Dagster's page show which days of an asset the run renewed and, with `rows`, how many each has now."""
    asked = days_asked(context)
    for day in sorted(days):
        metadata = {DAY_ROW_COUNT: rows.get(day, 0)} if rows is not None else {}
        if day in asked:
            context.add_asset_metadata(metadata, asset_key=key, partition_key=day.isoformat())
        elif BUSINESS_DAYS.has_partition_key(day.isoformat()):
            context.log_event(dg.AssetMaterialization(key, partition=day.isoformat(), metadata=metadata))
