"""When each kind of provider fact is read again, by how fast it goes stale at the till."""

from datetime import datetime

from dagster_project.groups import Group, assets_in
from dagster_project.partitions import days_from, range_tags
from dagster_project.schedules import build_job, paced
from pipelines.loads import CALENDAR_DAYS_AHEAD, SLOT_DAYS_AHEAD

CATALOG = assets_in(Group.CATALOG)

catalogue_job = build_job(
    "catalogue",
    assets_in(Group.OCTO_CATALOGUE) | CATALOG,
    "Read every supplier's catalogue, rebuild the models and publish.",
)
calendar_job = build_job(
    "calendar",
    assets_in(Group.OCTO_CALENDAR) | CATALOG,
    f"Read the calendar of the next {CALENDAR_DAYS_AHEAD} days with its prices, rebuild the models and publish.",
)
slots_job = build_job(
    "slots",
    assets_in(Group.OCTO_SLOTS) | CATALOG,
    f"Read the bookable times of the next {SLOT_DAYS_AHEAD} days with their prices, rebuild the models and publish.",
)


def calendar_days(moment: datetime) -> dict[str, str]:
    return range_tags(*days_from(moment, CALENDAR_DAYS_AHEAD))


def slot_days(moment: datetime) -> dict[str, str]:
    return range_tags(*days_from(moment, SLOT_DAYS_AHEAD))


catalogue_schedule = paced(
    catalogue_job,
    "7 * * * *",
    reason="Hourly: OCTO says nothing of changes, so only a full read finds a new product or price. At seven past, "
    "clear of suppliers' own jobs on the hour and of the slots at 20 and 50 past.",
)
calendar_schedule = paced(
    calendar_job,
    "35 */6 * * *",
    reason="Every six hours: a far day seldom sells out within a morning, and the page asks live once a date is "
    "opened. At 35 past, between the slots and the catalogue.",
    tags=calendar_days,
)
slots_schedule = paced(
    slots_job,
    "20,50 * * * *",
    reason="Every half hour: most tickets are bought for the next two weeks, and their times sell out within hours. "
    "At 20 and 50 past, when no other load of ours is due.",
    tags=slot_days,
)
