"""The lake: Parquet files, catalogued in PostgreSQL. settings -> a DuckDB connection with `lake` in use"""

from pathlib import Path

import duckdb

from core.db.addresses import Database, conninfo, database_url
from core.db.duckdb_extensions import NO_DOWNLOADS, install_extensions
from core.errors import DatabaseError
from core.settings import Settings

# dlt names the schema of DuckLake's own tables after the lake; everyone must say the same.
LAKE = "lake"

LOADED_EXTENSIONS = ("ducklake", "postgres_scanner", "icu")

Connection = duckdb.DuckDBPyConnection


def catalog_address(settings: Settings) -> str:
    """Where DuckLake keeps its catalogue, as ATTACH wants it; holds the password, so never log it."""
    return f"postgres:{conninfo(database_url(Database.LAKE, settings))}"


def data_path(settings: Settings) -> str:
    """The folder or bucket of the Parquet files, made if it is a folder."""
    if "://" not in settings.lake_path:
        Path(settings.lake_path).mkdir(parents=True, exist_ok=True)
    return settings.lake_path


def connect(settings: Settings, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection of its own with the lake attached and in use, its clock in UTC; close it after.

    DatabaseError when the catalogue cannot be reached.
    """
    install_extensions()
    connection = duckdb.connect(config=NO_DOWNLOADS)  # noqa: TID251 - the one way into the lake
    try:
        for extension in LOADED_EXTENSIONS:
            connection.load_extension(extension)
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        connection.execute(_attach(settings, read_only=read_only))
        connection.execute(f"USE {LAKE}")
    except duckdb.Error as error:
        connection.close()
        raise DatabaseError("the lake cannot be opened: is PostgreSQL up, and TIQZY_DATABASE_URL right?") from error
    return connection


def _attach(settings: Settings, *, read_only: bool) -> str:
    address = catalog_address(settings).replace("'", "''")
    folder = data_path(settings).replace("'", "''")
    mode = ", READ_ONLY" if read_only else ""
    return f"ATTACH 'ducklake:{address}' AS {LAKE} (DATA_PATH '{folder}', METADATA_SCHEMA '{LAKE}'{mode})"
