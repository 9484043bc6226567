"""The catalogue has no times of its own, as every load ends in its build; this job is for people and backfills."""

import dagster as dg

from dagster_project.groups import Group
from dagster_project.schedules import build_job

publish_job = build_job(
    "publish",
    dg.AssetSelection.groups(Group.CATALOG),
    "Rebuild the models from what the lake has, and publish.",
)
