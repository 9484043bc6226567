"""Builds and audits a dataset's models in this process. raw tables of the lake -> marts, and what the audits found"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import duckdb
import structlog
from sqlglot import exp
from sqlmesh.core.console import NoopConsole, set_console
from sqlmesh.utils.errors import SQLMeshError

from core.domain.clock import utc_now
from core.settings import ROOT, Settings
from warehouse import lake
from warehouse.errors import BuildFailed
from warehouse.findings import AuditResult, findings, table_name
from warehouse.locks import alone
from warehouse.manifest import Dataset
from warehouse.project import project_config
from warehouse.raw_tables import create_missing
from warehouse.recording import RecordingContext
from warehouse.restatement import Period, audit_everything, restate
from warehouse.shop_reads import newest

log = structlog.get_logger()

PRODUCTION = "prod"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build or audit did. `models` are those that really ran, `schema.table` -> rows.

    `read_to` is the number of the shop's last read, where the build covers all that was pending.
    """

    dataset: Dataset
    models: dict[str, int]
    audits: tuple[AuditResult, ...]
    started_at: datetime
    seconds: float
    read_to: int | None = None

    @property
    def blocking_failures(self) -> tuple[AuditResult, ...]:
        """What forbids a publish."""
        return tuple(audit for audit in self.audits if audit.is_blocking and audit.failed_rows)


def build(dataset: Dataset, settings: Settings) -> BuildReport:
    """Bring every model of the dataset up to what the raw tables hold now; waits for another build of it to end.

    Models that a release of ours changed are planned anew first. A failed audit does not raise: it is in the report,
    and the models that depend on the bad one stay as they were. BuildFailed when a model cannot be built at all.
    """
    with open_context(dataset, settings) as context:
        return reported(context, dataset, settings, _rebuild, newest if dataset is Dataset.SALES else _no_cursor)


def audit(dataset: Dataset, settings: Settings) -> BuildReport:
    """Run every audit on what is built now. BuildFailed when these models were never built."""
    with open_context(dataset, settings) as context:
        return reported(context, dataset, settings, audit_everything)


@contextmanager
def open_context(dataset: Dataset, settings: Settings) -> Iterator[RecordingContext]:
    """SQLMesh over the dataset's models, silent, closed at the end."""
    set_console(NoopConsole())
    context = RecordingContext(paths=[str(ROOT)], config={ROOT: project_config(dataset, settings)})
    try:
        yield context
    finally:
        context.close()


def build_lock(dataset: Dataset, settings: Settings) -> AbstractContextManager[None]:
    """Nobody else plans on this state meanwhile: of two plans at once, SQLMesh loses the longer one's work."""
    return alone(f"build {dataset}", settings)


def _no_cursor(_connection: lake.Connection) -> None:
    """Of what does not come from the shop, or does not cover all that is pending."""


def reported(
    context: RecordingContext,
    dataset: Dataset,
    settings: Settings,
    work: Callable[[RecordingContext], None],
    read_to: Callable[[lake.Connection], int | None] = _no_cursor,
) -> BuildReport:
    """Do `work` while nobody else builds the dataset, and say what it did. `read_to` is asked before it begins."""
    started_at, started = utc_now(), time.monotonic()
    context.forget()
    with build_lock(dataset, settings), closing(lake.connect(settings)) as connection:
        create_missing(connection)
        cursor = read_to(connection)
        try:
            work(context)
        except SQLMeshError as error:
            if not any(result.blocking and result.count for result in context.audits):
                raise BuildFailed(f"the {dataset} cannot be built: {error}") from error
        audits = tuple(findings(context, connection))
        models = _row_counts(connection, sorted(table_name(name) for name in context.evaluated))
    report = BuildReport(dataset, models, audits, started_at, time.monotonic() - started, cursor)
    failed = [str(result) for result in report.audits if result.failed_rows]
    log.info("models built", dataset=dataset, models=len(models), seconds=round(report.seconds, 1), failed=failed)
    return report


def plan_changes(context: RecordingContext) -> bool:
    """Build what a release of ours changed or added, up to the last day that has ended; whether there was anything."""
    plan = context.plan_builder(PRODUCTION, skip_tests=True, skip_linter=True).build()
    if plan.context_diff.has_changes:
        try:
            context.apply(plan)
        except SQLMeshError:
            _forget_intervals(context)
            raise
    return bool(plan.context_diff.has_changes)


def _rebuild(context: RecordingContext) -> None:
    is_untouched = not any(snapshot.intervals for snapshot in context.snapshots.values())
    plan_changes(context)
    # New raw rows change no model, and a filled interval is not run again: only a restatement rebuilds.
    if not is_untouched:
        restate(context, [Period.everything()])
    elif any(model.kind.is_incremental_by_time_range for model in context.models.values()):
        restate(context, [Period.still_open()])


def _forget_intervals(context: RecordingContext) -> None:
    """Let the next build run every model again: with these filled it would audit today's rows, not what came since."""
    snapshots = context.state_reader.get_snapshots(context.snapshots.values()).values()
    filled = [snapshot for snapshot in snapshots if snapshot.intervals]
    context.state_sync.remove_intervals(
        [(snapshot, (snapshot.intervals[0][0], snapshot.intervals[-1][1])) for snapshot in filled]
    )


def _row_counts(connection: lake.Connection, tables: Iterable[str]) -> dict[str, int]:
    """Of the tables that can be read: a first build that fails leaves its models without a name."""
    counts = {}
    for table in tables:
        with suppress(duckdb.CatalogException):
            counted = connection.execute(exp.select("COUNT(*)").from_(table).sql("duckdb")).fetchone()
            counts[table] = counted[0] if counted else 0
    return counts
