"""The raw tables that the models expect, made where nothing loaded them. external_models.yaml -> empty tables"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import yaml

from core.settings import ROOT
from warehouse.lake import LAKE


@dataclass(frozen=True)
class RawTable:
    """A table as a pipeline loads it: `name` is `schema.table`, `columns` name -> SQL type."""

    name: str
    columns: Mapping[str, str]


@lru_cache(maxsize=1)
def expected_tables() -> tuple[RawTable, ...]:
    """What external_models.yaml declares."""
    declared = yaml.safe_load((ROOT / "external_models.yaml").read_text())
    return tuple(RawTable(model["name"], model["columns"]) for model in declared)


def create_missing(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the models build on a lake that not every pipeline has loaded: add absent tables and columns, empty."""
    present = _present_columns(connection)
    for table in expected_tables():
        found = present.get(table.name)
        if found is None:
            _create(connection, table)
            continue
        for name, kind in table.columns.items():
            if name not in found:
                connection.execute(f"ALTER TABLE {table.name} ADD COLUMN IF NOT EXISTS {name} {kind}")


def _create(connection: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.name.partition('.')[0]}")
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")


def _present_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name, list(column_name) FROM duckdb_columns() "
        "WHERE database_name = ? GROUP BY ALL",
        [LAKE],
    ).fetchall()
    return {name: set(columns) for name, columns in rows}
