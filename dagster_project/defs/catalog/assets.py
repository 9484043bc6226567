"""The catalogue's models and release as assets: lake -> warehouse.build -> warehouse.publish -> published/catalog"""

from collections.abc import Iterator, Sequence

import dagster as dg
from sqlmesh.core.model import Model

from core.settings import Settings
from dagster_project.evidence import ROW_COUNT, evidence
from dagster_project.groups import Group
from dagster_project.sqlmesh_bridge import (
    audit_results,
    audit_specs,
    materialisations,
    model_specs,
)
from warehouse.build import audit, build
from warehouse.manifest import Dataset
from warehouse.publish import publish

RELEASE = dg.AssetKey(["published", Dataset.CATALOG.value])

Results = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


def models_asset(models: Sequence[Model]) -> dg.AssetsDefinition:
    """Every model in one step: SQLMesh orders them itself, and knows which have something new to read.

    A build is always whole; what was not selected is built and not reported.
    """

    @dg.multi_asset(
        name="catalog_models",
        specs=model_specs(models, group=Group.CATALOG),
        check_specs=audit_specs(models),
        # A build leaves out what has not changed, and only outputs of a subset may be absent.
        can_subset=True,
    )
    def catalog_models(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Results:
        report = build(Dataset.CATALOG, settings)
        context.log.info("%s models built in %.1f s", len(report.models), report.seconds)
        found = evidence(report.models, settings)
        yield from materialisations(report.models, found, context.selected_asset_keys)
        yield from audit_results(report.audits, context.selected_asset_check_keys)

    return catalog_models


def release_asset(models: Sequence[Model]) -> dg.AssetsDefinition:
    """The release; downstream of every mart, and so not made when a blocking audit of one of them failed."""
    marts = [spec.key for spec in model_specs(models, group=Group.CATALOG) if spec.key.path[0] == Dataset.CATALOG]

    @dg.asset(
        key=RELEASE,
        deps=marts,
        group_name=Group.CATALOG.value,
        kinds={"duckdb"},
        description="The snapshot that shops read: an immutable DuckDB file, and the manifest that points to it.",
    )
    def release(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
        manifest = publish(audit(Dataset.CATALOG, settings), settings)
        context.log.info("published %s, %s bytes", manifest.version, f"{manifest.bytes:,}")
        return dg.MaterializeResult(
            metadata={
                "release": manifest.version,
                ROW_COUNT: sum(manifest.row_counts.values()),
                "bytes": manifest.bytes,
                "rows": manifest.row_counts,
                "sources": manifest.model_dump(mode="json")["sources"],
            }
        )

    return release
