"""SQLMesh in Dagster's words: models -> asset and check specs; BuildReport -> materialisations and check results"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

import dagster as dg
from sqlglot import exp
from sqlmesh.core.model import Model

from dagster_project.evidence import Evidence
from dagster_project.groups import Group
from warehouse.findings import AuditResult, table_name


def asset_key(table: str) -> dg.AssetKey:
    """`"lake"."catalog"."dim_city"`, or the same without a catalogue or quotes -> catalog/dim_city."""
    parts = [part.name for part in exp.to_table(table, dialect="duckdb").parts]
    return dg.AssetKey(parts[-2:])


def model_specs(
    models: Iterable[Model], *, group: Group, days: dg.PartitionsDefinition[str] | None = None
) -> list[dg.AssetSpec]:
    """One asset a model that SQLMesh builds; those that it builds day by day have `days` as partitions."""
    return [
        dg.AssetSpec(
            asset_key(model.fqn),
            deps=sorted(asset_key(upstream) for upstream in model.depends_on if upstream != model.fqn),
            description=model.description,
            group_name=group.value,
            kinds={"sqlmesh", model.kind.name.value.lower()},
            owners=[f"team:{model.owner}"] if model.owner else None,
            metadata={"dagster/column_schema": _columns(model)},
            partitions_def=days if _is_by_day(model) else None,
        )
        for model in models
    ]


def day_columns(models: Iterable[Model]) -> dict[str, str]:
    """`schema.table` -> the column that names a row's day, of the models that are built day by day."""
    return {
        table_name(model.fqn): model.time_column.column.name
        for model in models
        if _is_by_day(model) and model.time_column
    }


def audit_specs(models: Iterable[Model]) -> list[dg.AssetCheckSpec]:
    """One check a model and audit; a blocking one stops what is downstream of it, the publish."""
    return [
        dg.AssetCheckSpec(
            name,
            asset=asset_key(model.fqn),
            blocking=is_blocking,
            description=f"SQLMesh audit {name}: no row may break it"
            + ("" if is_blocking else "; a warning, not a stop"),
        )
        for model in models
        for name, is_blocking in _audits(model).items()
    ]


def audit_results(
    audits: Iterable[AuditResult], wanted: AbstractSet[dg.AssetCheckKey]
) -> Iterator[dg.AssetCheckResult]:
    """One result for each wanted check that ran; an audit used twice on a model counts the rows of both uses."""
    found: dict[dg.AssetCheckKey, list[AuditResult]] = defaultdict(list)
    for audit in audits:
        found[dg.AssetCheckKey(asset_key(audit.model), audit.audit)].append(audit)
    for check, uses in found.items():
        if check not in wanted:
            continue
        failed_rows = sum(use.failed_rows for use in uses)
        connections = sum((Counter(use.connections) for use in uses), Counter())
        whose = ", ".join(f"{connection}: {rows:,}" for connection, rows in connections.items())
        is_blocking = any(use.is_blocking for use in uses)
        yield dg.AssetCheckResult(
            check_name=check.name,
            asset_key=check.asset_key,
            passed=not failed_rows,
            severity=dg.AssetCheckSeverity.ERROR if is_blocking else dg.AssetCheckSeverity.WARN,
            description=f"{failed_rows:,} rows break {check.name}. {whose}".rstrip() if failed_rows else None,
            metadata={"failed_rows": failed_rows, **connections},
        )


def materialisations(keys: Iterable[dg.AssetKey], found: Evidence) -> Iterator[dg.MaterializeResult[None]]:
    """One result for each of `keys` that was counted, in their order: Dagster wants a model after what it reads."""
    for key in keys:
        if (table := ".".join(key.path)) in found.rows:
            yield dg.MaterializeResult(asset_key=key, metadata=found.metadata(table))


def _is_by_day(model: Model) -> bool:
    return model.kind.is_incremental_by_time_range


def _columns(model: Model) -> dg.TableSchema:
    notes = model.column_descriptions
    return dg.TableSchema(
        [
            dg.TableColumn(name, type=kind.sql(dialect="duckdb"), description=notes.get(name))
            for name, kind in (model.columns_to_types or {}).items()
        ]
    )


def _audits(model: Model) -> dict[str, bool]:
    """Audit name -> whether it blocks, in the order the model lists them."""
    audits: dict[str, bool] = {}
    for audit, arguments in model.audits_with_args:
        said = arguments.get("blocking")
        is_blocking = said == exp.true() if said else audit.blocking
        audits[audit.name] = audits.get(audit.name, False) or is_blocking
    return audits
