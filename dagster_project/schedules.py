"""Schedules that say why they run when they do, and that never pile up."""

from collections.abc import Callable, Mapping
from datetime import datetime

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition as AssetJob

from warehouse.manifest import Dataset

# Runs that the daemon starts take turns (dagster.yaml limits this value): a second build would only wait inside.
TURN = "tiqzy/builds"

UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]

Tags = Callable[[datetime], Mapping[str, str]]


def no_tags(_: datetime) -> Mapping[str, str]:
    return {}


def build_job(
    name: str, selection: dg.AssetSelection, description: str, *, turn: Dataset = Dataset.CATALOG
) -> AssetJob:
    """A job that writes the lake, and takes its turn with the others that build the same models."""
    return dg.define_asset_job(name, selection, description=description, tags={TURN: turn.value})


def paced(job: AssetJob, cron: str, *, reason: str, tags: Tags = no_tags) -> dg.ScheduleDefinition:
    """A UTC schedule for `job`, on from the start; `reason` says why at these times and is shown on Dagster's page.

    A tick is skipped while the run before it waits or works, so a slow supplier makes runs rarer and never a queue.
    """
    name = f"{job.name}_schedule"

    @dg.schedule(
        name=name,
        job=job,
        cron_schedule=cron,
        description=reason,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        running = dg.RunsFilter(tags={"dagster/schedule_name": name}, statuses=UNFINISHED)
        if context.instance.get_run_ids(running, limit=1):
            return dg.SkipReason(f"{job.name} has not finished its last run")
        return dg.RunRequest(tags=dict(tags(context.scheduled_execution_time)))

    return tick
