"""Which runs Dagster forgets."""

from datetime import timedelta

import dagster as dg
from dagster._core.utils import make_new_run_id

from dagster_project.defs.maintenance.retention import forget_old_runs


def test_finished_runs_are_forgotten_once_they_are_old(instance):
    for status in (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.STARTED):
        instance.add_run(dg.DagsterRun(job_name="slots", run_id=make_new_run_id(), status=status))
    assert forget_old_runs(instance) == 0
    assert forget_old_runs(instance, kept=timedelta(0)) == 2
    assert [run.status for run in instance.get_runs()] == [dg.DagsterRunStatus.STARTED]
