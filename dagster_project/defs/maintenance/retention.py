"""Old runs out of Dagster's database: what it keeps of one day's loads and builds is tens of megabytes."""

from datetime import timedelta

import dagster as dg

from core.domain.clock import utc_now

KEPT_RUNS = timedelta(days=7)
FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def forget_old_runs(instance: dg.DagsterInstance, *, kept: timedelta = KEPT_RUNS) -> int:
    """Delete finished runs older than `kept`, with their events and output; how many they were."""
    old = instance.get_run_ids(dg.RunsFilter(statuses=FINISHED, created_before=utc_now() - kept))
    for run_id in old:
        instance.delete_run(run_id)
        instance.compute_log_manager.delete_logs(prefix=[run_id])
    return len(old)
