"""Upkeep as assets: warehouse.maintenance -> fewer files and snapshots of the lake; old runs -> gone"""

import dagster as dg

from core.settings import Settings
from dagster_project.defs.maintenance.retention import KEPT_RUNS, forget_old_runs
from dagster_project.groups import Group
from warehouse.maintenance import maintain


@dg.asset(
    key=["maintenance", "lake"],
    group_name=Group.MAINTENANCE.value,
    kinds={"ducklake"},
    description="The lake's files, merged, and freed of snapshots that nothing reads any more.",
)
def lake_upkeep(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    report = maintain(settings)
    files_before, files = report.files
    snapshots_before, snapshots = report.snapshots
    return dg.MaterializeResult(
        metadata={
            "files": files,
            "files before": files_before,
            "snapshots": snapshots,
            "snapshots before": snapshots_before,
            "tables that could not be dropped": list(report.problems),
        }
    )


@dg.asset(
    key=["maintenance", "runs"],
    group_name=Group.MAINTENANCE.value,
    kinds={"postgres"},
    description=f"Dagster's own record of runs, freed of those older than {KEPT_RUNS.days} days.",
)
def runs_upkeep(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"runs forgotten": forget_old_runs(context.instance)})
