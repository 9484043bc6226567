"""The raw tables that the models expect, made where nothing loaded them. external_models.yaml -> empty tables"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import yaml

from core.settings import ROOT
from warehouse import lake


@dataclass(frozen=True)
class ExpectedTable:
    """A raw table as the models expect it: `name` is `schema.table`, `columns` name -> SQL type."""

    name: str
    columns: Mapping[str, str]


@lru_cache(maxsize=1)
def expected_tables() -> tuple[ExpectedTable, ...]:
    """What external_models.yaml declares."""
    declared = yaml.safe_load((ROOT / "external_models.yaml").read_text())
    return tuple(ExpectedTable(model["name"], model["columns"]) for model in declared)


def create_missing(connection: lake.Connection) -> None:
    """Let the models build on a lake that not every pipeline has loaded: add absent tables and columns, empty."""
    for table in expected_tables():
        present = _present_columns(connection, table)
        if not present:
            _create(connection, table)
            continue
        for name in table.columns.keys() - present:
            connection.execute(f"ALTER TABLE {table.name} ADD COLUMN IF NOT EXISTS {name} {table.columns[name]}")


def _create(connection: lake.Connection, table: ExpectedTable) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.name.partition('.')[0]}")
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")


def _present_columns(connection: lake.Connection, table: ExpectedTable) -> set[str]:
    try:
        return set(connection.table(table.name).columns)
    except duckdb.CatalogException:
        return set()
