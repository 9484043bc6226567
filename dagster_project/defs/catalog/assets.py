"""The catalogue's models and release as assets: lake -> warehouse.build -> warehouse.publish -> published/catalog"""

from collections.abc import Iterator, Sequence

import dagster as dg
from sqlmesh.core.model import Model

from core.settings import Settings
from dagster_project.evidence import evidence
from dagster_project.groups import Group
from dagster_project.releases import release_metadata
from dagster_project.sqlmesh_bridge import (
    audit_results,
    audit_specs,
    materialisations,
    model_specs,
)
from warehouse.build import BuildReport, audit, build
from warehouse.manifest import Dataset
from warehouse.publish import publish

RELEASE = dg.AssetKey(["published", Dataset.CATALOG.value])

Results = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


def catalog_assets(models: Sequence[Model]) -> tuple[dg.AssetsDefinition, dg.AssetsDefinition]:
    """The models, and the release made of them; `models` in an order in which each comes after what it reads."""
    specs = model_specs(models, group=Group.CATALOG)
    reports: dict[str, BuildReport] = {}  # of this process's runs, whose two steps share it

    @dg.multi_asset(
        name="catalog_models",
        description="Every model in one step: SQLMesh orders them, and a build is whole whatever is selected here.",
        specs=specs,
        check_specs=audit_specs(models),
        # A build leaves out what has not changed, and only the outputs of a subset may be absent.
        can_subset=True,
    )
    def catalog_models(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Results:
        report = reports[context.run.run_id] = build(Dataset.CATALOG, settings)
        context.log.info("%s models built in %.1f s", len(report.models), report.seconds)
        wanted = [spec.key for spec in specs if spec.key in context.selected_asset_keys]
        yield from materialisations(wanted, evidence(report.models, settings))
        yield from audit_results(report.audits, context.selected_asset_check_keys)

    @dg.asset(
        key=RELEASE,
        # Downstream of every mart, and so not made when a blocking audit of one of them failed.
        deps=[spec.key for spec in specs if spec.key.path[0] == Dataset.CATALOG],
        group_name=Group.CATALOG.value,
        kinds={"duckdb"},
        description="The snapshot that shops read: an immutable DuckDB file, and the manifest that points to it.",
    )
    def release(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
        report = reports.pop(context.run.run_id, None) or audit(Dataset.CATALOG, settings)
        manifest = publish(report, settings)
        context.log.info("published %s, %s bytes", manifest.version, f"{manifest.bytes:,}")
        return dg.MaterializeResult(metadata=release_metadata(manifest))

    return catalog_models, release
