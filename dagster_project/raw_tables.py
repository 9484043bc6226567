"""Tables that dlt loads, as asset specs and, once loaded, as materialisations with what the lake then held."""

from collections.abc import Iterator, Mapping
from datetime import date

import dagster as dg

from core.settings import Settings
from dagster_project.evidence import DAY_ROW_COUNT, Days, evidence
from dagster_project.groups import Group
from pipelines.raw_tables import RawTable


def raw_specs(dataset: str, tables: Mapping[RawTable, str], *, group: Group) -> list[dg.AssetSpec]:
    """One asset a table; `tables` says what one row of each is."""
    return [
        dg.AssetSpec(
            [dataset, table.name],
            description=row,
            group_name=group.value,
            kinds={"dlt", "ducklake"},
            metadata={"dagster/column_schema": _columns(table)},
        )
        for table, row in tables.items()
    ]


def materialised(
    context: dg.AssetExecutionContext, settings: Settings, *, days: tuple[date, date] | None = None
) -> Iterator[dg.MaterializeResult[None]]:
    """A result for each table of the running step: rows in the lake and the snapshot they were counted at.

    With `days`, each day's partition also carries the rows of that day alone.
    """
    keys = {".".join(key.path): key for key in sorted(context.selected_asset_keys)}
    found = evidence(keys, settings, days=Days(*days, dict.fromkeys(keys, "local_date")) if days else None)
    for table, key in keys.items():
        for day in context.partition_keys if days else ():
            count = found.by_day[table].get(date.fromisoformat(day), 0)
            context.add_asset_metadata({DAY_ROW_COUNT: count}, asset_key=key, partition_key=day)
        context.log.info("%s has %s rows at snapshot %s", table, f"{found.rows[table]:,}", found.snapshot_id)
        yield dg.MaterializeResult(asset_key=key, metadata=found.metadata(table))


def _columns(table: RawTable) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(name, type=str(kind)) for name, kind in table.columns.items()])
