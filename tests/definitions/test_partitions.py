"""Which days can be loaded."""

from datetime import date, timedelta

from core.domain.clock import utc_now
from dagster_project.groups import Group, assets_in
from dagster_project.partitions import VISIT_DAYS, range_tags
from dagster_project.runs import assets_of, execute, problems
from pipelines.loads import CALENDAR_DAYS_AHEAD


def test_days_of_the_whole_calendar_have_a_partition():
    last = utc_now().date() + timedelta(days=CALENDAR_DAYS_AHEAD)
    assert VISIT_DAYS.has_partition_key(last.isoformat())


def test_past_days_launched_from_the_page_are_refused_before_anything_is_asked(definitions, instance):
    day = date(2026, 11, 2)
    only = assets_of(definitions, assets_in(Group.OCTO_SLOTS))
    result = execute(definitions, "slots", instance, tags=range_tags(day, day), only=only)
    assert problems(result) == ["2026-11-02 is past, and suppliers only tell of days to come."]
