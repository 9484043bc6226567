"""The tables that the models expect of others, made where nobody made them yet. external_models.yaml -> empty tables"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import yaml
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from core.settings import ROOT
from warehouse import lake


@dataclass(frozen=True)
class ExpectedTable:
    """A table as the models expect it: `name` is `schema.table`, `columns` name -> SQL type.

    `is_built` where another dataset's models make it, not a pipeline.
    """

    name: str
    columns: Mapping[str, str]
    is_built: bool


@lru_cache(maxsize=1)
def expected_tables() -> tuple[ExpectedTable, ...]:
    """What external_models.yaml declares."""
    declared = yaml.safe_load((ROOT / "external_models.yaml").read_text())
    return tuple(ExpectedTable(model["name"], model["columns"], "gateway" in model) for model in declared)


@retry(
    # Two builds that begin together on a new lake make the same tables.
    retry=retry_if_exception_type(duckdb.TransactionException),
    wait=wait_random_exponential(multiplier=0.1, max=2),
    stop=stop_after_attempt(10),
    reraise=True,
)
def create_missing(connection: lake.Connection) -> None:
    """Let the models build on a lake that not every pipeline has loaded: add absent tables and columns, empty.

    What another dataset builds is an empty view until it does: SQLMesh then puts its own view in that place.
    """
    for table in expected_tables():
        present = _present_columns(connection, table)
        if not present:
            _create(connection, table)
        elif not table.is_built:
            for name in table.columns.keys() - present:
                connection.execute(f"ALTER TABLE {table.name} ADD COLUMN IF NOT EXISTS {name} {table.columns[name]}")


def _create(connection: lake.Connection, table: ExpectedTable) -> None:
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.name.partition('.')[0]}")
    if table.is_built:
        columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in table.columns.items())
        connection.execute(f"CREATE VIEW IF NOT EXISTS {table.name} AS SELECT {columns} LIMIT 0")
    else:
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")


def _present_columns(connection: lake.Connection, table: ExpectedTable) -> set[str]:
    try:
        return set(connection.table(table.name).columns)
    except duckdb.CatalogException:
        return set()
