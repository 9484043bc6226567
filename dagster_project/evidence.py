"""What the lake holds right after a step: row counts at one DuckLake snapshot -> a materialisation's metadata"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
from sqlglot import exp

from core.settings import Settings
from warehouse.lake import connect

ROW_COUNT = "dagster/row_count"
DAY_ROW_COUNT = "dagster/partition_row_count"
SNAPSHOT_ID = "lake_snapshot_id"

PRESENT = "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_catalog = 'lake'"


@dataclass(frozen=True, slots=True)
class Days:
    """The days `first` to `last` to count one by one, and per `schema.table` the column that says a row's day."""

    first: date
    last: date
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows per `schema.table`, all counted at the DuckLake snapshot `snapshot_id`; `by_day` if days were asked for."""

    snapshot_id: int
    rows: dict[str, int]
    by_day: dict[str, dict[date, int]]

    def metadata(self, table: str) -> dict[str, int]:
        return {ROW_COUNT: self.rows[table], SNAPSHOT_ID: self.snapshot_id}


def evidence(tables: Iterable[str], settings: Settings, *, days: Days | None = None) -> Evidence:
    """Count `tables` (`schema.table`) in one transaction, so that counts and snapshot belong together.

    A table that no load had a row for yet does not exist, and counts as empty.
    """
    with connect(settings, read_only=True) as lake:
        lake.begin()
        snapshot_id = _number(lake, "SELECT id FROM lake.current_snapshot()")
        present = {row[0] for row in lake.execute(PRESENT).fetchall()}
        rows = {name: _count(lake, name) if name in present else 0 for name in tables}
        by_day = {name: _by_day(lake, name, days) for name in present & days.columns.keys()} if days else {}
        lake.rollback()
    return Evidence(snapshot_id, rows, by_day)


def _by_day(lake: duckdb.DuckDBPyConnection, table: str, days: Days) -> dict[date, int]:
    day = days.columns[table]
    asked = exp.select(day, "COUNT(*)").from_(table).where(f"{day} BETWEEN ? AND ?").group_by(day)
    return dict(lake.execute(asked.sql("duckdb"), [days.first, days.last]).fetchall())


def _count(lake: duckdb.DuckDBPyConnection, table: str) -> int:
    return _number(lake, exp.select("COUNT(*)").from_(table).sql("duckdb"))


def _number(lake: duckdb.DuckDBPyConnection, query: str) -> int:
    row = lake.execute(query).fetchone()
    return int(row[0]) if row else 0
