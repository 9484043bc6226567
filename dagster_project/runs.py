"""Runs of a job in this process, on the instance that Dagster's page shows."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import dagster as dg

from core.settings import Settings
from dagster_project.home import IN_PROCESS, prepare_home
from dagster_project.schedules import TURN

# The person at the terminal reads our own lines; the whole log is on Dagster's page.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

INTERRUPTS = frozenset({signal.SIGINT, signal.SIGTERM})

Tell = Callable[[str], None]


def say(line: str) -> None:
    """A line for the person who waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def open_instance(settings: Settings) -> dg.DagsterInstance:
    instance = dg.DagsterInstance.from_config(str(prepare_home(settings)), IN_PROCESS)
    # Dagster holds connections open for its page alone; a first load would open 2,300 of them, 14 s of its 110 s.
    instance.optimize_for_webserver(statement_timeout=60_000, pool_recycle=600, max_overflow=5)
    return instance


def execute(
    definitions: dg.Definitions,
    job: str,
    instance: dg.DagsterInstance,
    *,
    tags: Mapping[str, str],
    only: Sequence[dg.AssetKey] | None = None,
) -> dg.ExecuteInProcessResult:
    """Run `job`, or `only` these of its assets, to its end; a failed run is a result and no exception.

    It takes no turn in the daemon's queue, where it would be waited for if this process were killed.
    DagsterExecutionInterruptedError when somebody interrupted it.
    """
    with _heard_to_the_end():
        return definitions.resolve_job_def(job).execute_in_process(
            run_config=QUIET,
            instance=instance,
            raise_on_error=False,
            tags={**tags, TURN: "by hand"},
            asset_selection=only,
        )


@contextmanager
def _heard_to_the_end() -> Iterator[None]:
    """Whoever interrupts a run is obeyed after it at the latest.

    Dagster takes the signals over for the time of a run: within a step they fail it, after the last they are forgotten.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard, ear = os.pipe()
    os.set_blocking(heard, False)
    os.set_blocking(ear, False)
    before = signal.set_wakeup_fd(ear, warn_on_full_buffer=False)
    try:
        yield
        with suppress(BlockingIOError):
            if not INTERRUPTS.isdisjoint(os.read(heard, 1024)):
                raise dg.DagsterExecutionInterruptedError
    finally:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(ear)


def assets_of(definitions: dg.Definitions, selection: dg.AssetSelection) -> list[dg.AssetKey]:
    return sorted(selection.resolve(definitions.resolve_asset_graph()))


def problems(result: dg.ExecuteInProcessResult) -> list[str]:
    """Why a run did not do all it should: failed checks and failed steps, a sentence each."""
    checks = [
        f"{check.check_name}: {check.description}"
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.severity is dg.AssetCheckSeverity.ERROR
    ]
    if checks or result.success:
        return checks
    return [_reason(event) for event in result.all_node_events if event.is_step_failure]


def _reason(event: dg.DagsterEvent) -> str:
    failure = event.step_failure_data
    if failure.user_failure_data and failure.user_failure_data.description:
        return failure.user_failure_data.description
    error = failure.error
    while error and error.cause:
        error = error.cause
    return error.message.strip() if error else f"{event.step_key} failed"
