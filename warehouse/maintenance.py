"""Upkeep of the lake. many small files, old snapshots, tables of changed models -> fewer files, no leftovers"""

import time
from dataclasses import dataclass
from datetime import timedelta

import duckdb
import structlog
from sqlmesh.core.janitor import delete_expired_snapshots
from sqlmesh.core.snapshot import SnapshotEvaluator
from sqlmesh.utils.date import now_timestamp
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from core.settings import Settings
from warehouse import lake
from warehouse.build import build_lock, open_context
from warehouse.manifest import Dataset

log = structlog.get_logger()

# How far back the lake can be read as it was; every rebuild leaves a whole set of marts behind.
KEPT_HISTORY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MaintenanceReport:
    """Files and snapshots of the lake before and after; `problems` are tables that could not be dropped."""

    files: tuple[int, int]
    snapshots: tuple[int, int]
    problems: tuple[str, ...]
    seconds: float


def maintain(
    settings: Settings, *, kept_history: timedelta = KEPT_HISTORY, ignores_ttl: bool = False
) -> MaintenanceReport:
    """Drop the tables of models that a release of ours replaced a week ago (at once with `ignores_ttl`), then compact.

    Safe beside loads, builds and publishes: what they read or write now is newer than `kept_history`.
    """
    started = time.monotonic()
    problems = tuple(
        problem for dataset in Dataset for problem in _drop_replaced_tables(dataset, settings, ignores_ttl=ignores_ttl)
    )
    connection = lake.connect(settings)
    try:
        before = _sizes(connection)
        _compact(connection, kept_history)
        after = _sizes(connection)
    finally:
        connection.close()
    (files_before, snapshots_before), (files_after, snapshots_after) = before, after
    report = MaintenanceReport(
        (files_before, files_after), (snapshots_before, snapshots_after), problems, time.monotonic() - started
    )
    log.info("lake maintained", files=report.files, snapshots=report.snapshots, problems=report.problems)
    return report


def _drop_replaced_tables(dataset: Dataset, settings: Settings, *, ignores_ttl: bool) -> list[str]:
    with build_lock(dataset, settings), open_context(dataset, settings) as context:
        evaluator = SnapshotEvaluator(context.engine_adapter)
        for adapter in evaluator.adapters.values():
            # SQLMesh drops with CASCADE, which DuckLake refuses (SQLMesh/sqlmesh#6032).
            adapter.SUPPORTED_DROP_CASCADE_OBJECT_KINDS = []
        problems = delete_expired_snapshots(
            context.state_sync, evaluator, current_ts=now_timestamp(), ignore_ttl=ignores_ttl
        )
        context.state_sync.compact_intervals()
        return list(problems)


@retry(
    retry=retry_if_exception_type(duckdb.TransactionException),
    wait=wait_random_exponential(multiplier=0.5, max=10),
    stop=stop_after_attempt(5),
    reraise=True,
)
def _compact(connection: lake.Connection, kept_history: timedelta) -> None:
    """Flush, expire, merge and delete in one go; a load that commits meanwhile wins, and this begins again."""
    age = f"{int(kept_history.total_seconds())} seconds"
    for option in ("expire_older_than", "delete_older_than"):
        connection.execute(f"CALL {lake.LAKE}.set_option('{option}', '{age}')")
    connection.execute(f"CHECKPOINT {lake.LAKE}")


def _sizes(connection: lake.Connection) -> tuple[int, int]:
    """How many data files and snapshots the lake has."""
    sizes = connection.execute(
        "SELECT (SELECT coalesce(sum(file_count), 0)::BIGINT FROM ducklake_table_info('lake')), "
        "(SELECT count(*) FROM ducklake_snapshots('lake'))"
    ).fetchone()
    return sizes or (0, 0)
