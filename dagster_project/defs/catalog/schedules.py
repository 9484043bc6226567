"""The catalogue has no times of its own, as every load ends in its build; this job is for people and backfills."""

from dagster_project.groups import Group, assets_in
from dagster_project.schedules import build_job

publish_job = build_job(
    "publish",
    assets_in(Group.CATALOG),
    "Rebuild the models from what the lake has, and publish.",
)
