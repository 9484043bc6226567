"""The lake's upkeep as an asset: warehouse.maintenance -> fewer, larger files and no expired snapshots"""

import dagster as dg

from core.settings import Settings
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
