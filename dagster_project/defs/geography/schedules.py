"""When geography is read again."""

from dagster_project.groups import Group, assets_in
from dagster_project.schedules import build_job, paced

geography_job = build_job(
    "geography",
    assets_in(Group.GEOGRAPHY, Group.CATALOG),
    "Read countries and cities, rebuild the models and publish.",
)
geography_schedule = paced(
    geography_job,
    "40 3 * * 0",
    reason="Weekly: cities move less than that, and the package only changes when we upgrade it. Early on Sunday, when "
    "the fewest tickets are sold.",
)
