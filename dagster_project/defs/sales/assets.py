"""The sales models and their release as assets: lake -> warehouse.sales -> warehouse.publish -> published/sales"""

from collections.abc import Iterator, Sequence
from datetime import date

import dagster as dg
from sqlmesh.core.model import Model

from core.settings import Settings
from dagster_project.business_days import days_asked, note_days
from dagster_project.evidence import Days, Evidence, evidence
from dagster_project.groups import Group
from dagster_project.partitions import BUSINESS_DAYS
from dagster_project.releases import release_metadata
from dagster_project.sqlmesh_bridge import audit_results, audit_specs, day_columns, materialisations, model_specs
from warehouse.build import BuildReport
from warehouse.manifest import Dataset
from warehouse.publish import publish
from warehouse.sales import SalesBuilder, pending_days

RELEASE = dg.AssetKey(["published", Dataset.SALES.value])

Results = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


def sales_assets(models: Sequence[Model]) -> dg.AssetsDefinition:
    """The models and the release made of them; `models` in an order in which each comes after what it reads."""
    specs = model_specs(models, group=Group.SALES, days=BUSINESS_DAYS)
    columns = day_columns(models)

    @dg.multi_asset(
        name="sales_models",
        description="Every model and the release in one step: a build is whole whatever is selected here.",
        specs=[*specs, _release_spec(specs)],
        check_specs=audit_specs(models),
        # A build leaves out what has not changed, and only the outputs of a subset may be absent.
        can_subset=True,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def sales_models(
        context: dg.AssetExecutionContext,
        settings: dg.ResourceParam[Settings],
        sales_builder: dg.ResourceParam[SalesBuilder],
    ) -> Results:
        # What waits is built along: a release holds whole reads of the shop, and says up to which.
        days = days_asked(context) | pending_days(settings)
        report = sales_builder.build(days)
        context.log.info("%s models built in %.1f s, %s days", len(report.models), report.seconds, len(days))
        found = _evidence(report, columns, days, settings)
        wanted = [spec.key for spec in specs if spec.key in context.selected_asset_keys]
        for key in wanted:
            if (rows := found.by_day.get(".".join(key.path))) is not None:
                note_days(context, key, days, rows=rows)
        yield from materialisations(wanted, found)
        yield from audit_results(report.audits, context.selected_asset_check_keys)
        if RELEASE in context.selected_asset_keys:
            manifest = publish(report, settings)
            context.log.info("published %s, %s bytes", manifest.version, f"{manifest.bytes:,}")
            yield dg.MaterializeResult(asset_key=RELEASE, metadata=release_metadata(manifest))

    return sales_models


def _release_spec(specs: Sequence[dg.AssetSpec]) -> dg.AssetSpec:
    return dg.AssetSpec(
        RELEASE,
        deps=[spec.key for spec in specs if spec.key.path[0] == Dataset.SALES],
        group_name=Group.SALES.value,
        kinds={"duckdb"},
        description="What figures are read from: an immutable DuckDB file, and the manifest that points to it.",
    )


def _evidence(report: BuildReport, columns: dict[str, str], days: frozenset[date], settings: Settings) -> Evidence:
    built = {table: column for table, column in columns.items() if table in report.models}
    return evidence(report.models, settings, days=Days(min(days), max(days), built) if days else None)
