"""Sales have no times of their own: the sales stream works when something was sold. These jobs are for people."""

import dagster as dg

from dagster_project.groups import Group, assets_in
from dagster_project.schedules import build_job
from warehouse.manifest import Dataset

# All that is built whole, and the release: what a run without business days can make.
WHOLE = assets_in(Group.SALES) - dg.AssetSelection.kind("incremental_by_time_range")

sales_job = build_job(
    "sales",
    assets_in(Group.SHOP, Group.SALES),
    "Read the sales of these business days again, rebuild their figures and publish.",
    turn=Dataset.SALES,
)
publish_sales_job = build_job(
    "publish_sales",
    WHOLE,
    "Build what was loaded of the sales and is not built yet, and publish.",
    turn=Dataset.SALES,
)
