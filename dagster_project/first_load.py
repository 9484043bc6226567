"""Every load once, as runs on Dagster's page: what a new platform starts with.

The days that most tickets are bought for come first, with a release of their own; then the months after them.

`python -m dagster_project.first_load`
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

import dagster as dg

from core.domain.clock import utc_now
from core.logs import log_as_command
from core.settings import settings
from dagster_project.definitions import platform_definitions
from dagster_project.defs.octo.schedules import calendar_days, slot_days
from dagster_project.groups import Group, assets_in
from dagster_project.runs import Tell, assets_of, execute, open_instance, problems, say


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    job: str
    group: Group
    tags: Mapping[str, str]


def steps() -> tuple[Step, ...]:
    now = utc_now()
    return (
        Step("Countries and cities", "geography", Group.GEOGRAPHY, {}),
        Step("Products", "catalogue", Group.OCTO_CATALOGUE, {}),
        Step("Bookable times of the next days", "slots", Group.OCTO_SLOTS, slot_days(now)),
        Step("Calendar of the next days", "calendar", Group.OCTO_CALENDAR, slot_days(now)),
        Step("Catalogue built and published", "publish", Group.CATALOG, {}),
        Step("Calendar of the next months", "calendar", Group.OCTO_CALENDAR, calendar_days(now)),
        Step("Catalogue built and published with all days", "publish", Group.CATALOG, {}),
    )


def load_everything(definitions: dg.Definitions, instance: dg.DagsterInstance, tell: Tell) -> bool:
    """Whether the last release came out. A step that fails says why, and the next goes on with what the lake has."""
    is_success = False
    for step in steps():
        started = time.monotonic()
        only = assets_of(definitions, assets_in(step.group))
        result = execute(definitions, step.job, instance, tags=step.tags, only=only)
        tell(f"{step.title} ({time.monotonic() - started:.1f} s)")
        for problem in problems(result):
            tell(problem)
        is_success = result.success
    return is_success


def main() -> int:
    """0 when all that could be loaded is published."""
    log_as_command()
    configured = settings()
    with open_instance(configured) as instance:
        is_published = load_everything(platform_definitions(configured), instance, say)
    return 0 if is_published else 1


if __name__ == "__main__":
    sys.exit(main())
