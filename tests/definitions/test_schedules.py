"""What a schedule's tick asks for."""

from datetime import UTC, datetime

import dagster as dg
import pytest
from dagster._core.utils import make_new_run_id


@pytest.fixture
def instance(tmp_path):
    """One that a tick can open for itself, as the daemon's can."""
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        yield instance


def tick(definitions, job, moment, instance):
    schedule = definitions.resolve_schedule_def(f"{job}_schedule")
    context = dg.build_schedule_context(instance, scheduled_execution_time=moment)
    return schedule.evaluate_tick(context)


@pytest.mark.parametrize(("job", "last"), [("slots", "2026-12-14"), ("calendar", "2027-03-30")])
def test_a_load_of_days_starts_today_and_ends_at_its_horizon(definitions, instance, job, last):
    (request,) = tick(definitions, job, datetime(2026, 12, 1, 12, 20, tzinfo=UTC), instance).run_requests
    assert request.tags["dagster/asset_partition_range_start"] == "2026-12-01"
    assert request.tags["dagster/asset_partition_range_end"] == last


def test_a_day_is_loaded_as_long_as_it_lasts_anywhere(definitions, instance):
    (request,) = tick(definitions, "slots", datetime(2026, 12, 1, 3, 20, tzinfo=UTC), instance).run_requests
    assert request.tags["dagster/asset_partition_range_start"] == "2026-11-30"


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
def test_a_tick_is_skipped_while_the_last_run_is_unfinished(definitions, instance, status):
    tags = {"dagster/schedule_name": "slots_schedule"}
    instance.add_run(dg.DagsterRun(job_name="slots", run_id=make_new_run_id(), status=status, tags=tags))
    moment = datetime(2026, 12, 1, 12, 20, tzinfo=UTC)
    skipped = tick(definitions, "slots", moment, instance)
    assert "has not finished" in skipped.skip_message
    assert tick(definitions, "catalogue", moment, instance).run_requests
