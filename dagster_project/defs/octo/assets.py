"""Provider tables as assets: OCTO suppliers -> pipelines.loads -> octo.*"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg

from core.settings import ConnectionSettings, Settings
from dagster_project.connections import check_results, connection_checks, load_each, require_one
from dagster_project.defs.octo.tables import CALENDAR, CATALOGUE, SLOTS
from dagster_project.groups import Group
from dagster_project.partitions import VISIT_DAYS, range_of, require_future
from dagster_project.raw_tables import materialised, raw_specs
from pipelines.loads import Availability, load_availability, load_catalogue
from pipelines.raw_tables import RawTable

Results = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


def catalogue_asset(connections: Sequence[ConnectionSettings]) -> dg.AssetsDefinition:
    """Every table of a full catalogue read; only what changed is written."""
    lead = dg.AssetKey(["octo", "products"])

    @dg.multi_asset(
        name="octo_catalogue",
        specs=raw_specs("octo", CATALOGUE, group=Group.OCTO_CATALOGUE),
        check_specs=connection_checks(connections, lead),
    )
    def octo_catalogue(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Results:
        outcomes = load_each(connections, lambda connection: load_catalogue(connection, settings), context)
        yield from check_results(outcomes, lead)
        require_one(outcomes, context)
        yield from materialised(context, settings)

    return octo_catalogue


def calendar_asset(connections: Sequence[ConnectionSettings]) -> dg.AssetsDefinition:
    return _days_asset(connections, Availability.DAYS, CALENDAR, group=Group.OCTO_CALENDAR)


def slots_asset(connections: Sequence[ConnectionSettings]) -> dg.AssetsDefinition:
    return _days_asset(connections, Availability.SLOTS, SLOTS, group=Group.OCTO_SLOTS)


def _days_asset(
    connections: Sequence[ConnectionSettings], what: Availability, tables: Mapping[RawTable, str], *, group: Group
) -> dg.AssetsDefinition:
    """Tables of local days; a run of many days asks each supplier once for all of them."""
    lead = dg.AssetKey(["octo", next(iter(tables)).name])

    @dg.multi_asset(
        name=group.value,
        specs=raw_specs("octo", tables, group=group),
        check_specs=connection_checks(connections, lead),
        partitions_def=VISIT_DAYS,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def octo_days(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Results:
        first, last = range_of(context.partition_keys)
        require_future(first)
        context.log.info("loading %s from %s to %s", what.value, first, last)
        outcomes = load_each(
            connections, lambda connection: load_availability(connection, first, last, what, settings), context
        )
        yield from check_results(outcomes, lead)
        require_one(outcomes, context)
        yield from materialised(context, settings, days=(first, last))

    return octo_days
