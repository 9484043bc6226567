"""dlt's DuckLake destination, but one connection and one transaction for a whole load. a DuckDB -> all of dlt's jobs

By itself dlt attaches the lake anew for every job and commits each: 0.4 s of CPU, seventy times in a first load, and a
load that is cut short leaves some tables new and others old. It also keeps what it is about to merge in tables of the
lake; here those are temporary ones of the connection, which the lake never sees.
"""

from typing import Any, cast

from dlt.common.destination.typing import PreparedTableSchema
from dlt.common.schema import Schema
from dlt.destinations.impl.ducklake.ducklake import DuckLakeClient
from dlt.destinations.impl.ducklake.factory import ducklake
from dlt.destinations.impl.ducklake.sql_client import DuckLakeSqlClient
from duckdb import DuckDBPyConnection

STAGING_CATALOG = "temp"
STAGING_SCHEMA = "main"


class LentConnection:
    """A connection inside somebody else's transaction: to begin, end and close are for who lends it."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def _not_here(self) -> None:
        """After an error the transaction stays aborted, so that nothing of the load is committed by mistake."""

    begin = commit = rollback = close = _not_here


class OneLoadSqlClient(DuckLakeSqlClient):
    """Works on the connection its destination has on loan; while there is none, on one of its own, as dlt does."""

    def __init__(self, theirs: DuckLakeSqlClient, destination: "OneLoadLake") -> None:
        super().__init__(theirs.dataset_name, theirs.staging_dataset_name, theirs.credentials, theirs.capabilities)
        self._destination = destination

    def open_connection(self) -> DuckDBPyConnection:
        if self._destination.lent is None:
            return super().open_connection()
        self._conn = self._destination.lent
        return self._conn

    def close_connection(self) -> None:
        if self._conn is self._destination.lent:
            self._conn = None  # type: ignore[assignment]
        else:
            super().close_connection()

    def has_dataset(self) -> bool:
        return self._is_staging or super().has_dataset()

    def make_qualified_table_name_path(
        self,
        table_name: str | None,
        quote: bool = True,  # noqa: FBT001, FBT002 - dlt's own signature
        casefold: bool = True,  # noqa: FBT001, FBT002
        dataset_name: str | None = None,
        catalog: str | None = None,
    ) -> list[str]:
        path = super().make_qualified_table_name_path(table_name, quote, casefold, dataset_name, catalog)
        return [STAGING_CATALOG, STAGING_SCHEMA, *path[-1:]][: None if table_name else 2] if self._is_staging else path

    def _get_information_schema_components(self, *tables: str) -> tuple[str, str, list[str]]:
        catalog, schema, names = super()._get_information_schema_components(*tables)
        return (STAGING_CATALOG, STAGING_SCHEMA, names) if self._is_staging else (catalog, schema, names)

    @property
    def _is_staging(self) -> bool:
        return self.dataset_name == self.staging_dataset_name


class OneLoadClient(DuckLakeClient):
    def _make_create_table(self, qualified_name: str, table: PreparedTableSchema) -> str:
        created = super()._make_create_table(qualified_name, table)
        is_temporary = qualified_name.startswith(f"{STAGING_CATALOG}.")
        return created.replace("CREATE TABLE", "CREATE TEMPORARY TABLE") if is_temporary else created


class OneLoadLake(ducklake):
    """`lent` is what every client of this destination works on."""

    lent: DuckDBPyConnection | None = None

    def lend(self, connection: DuckDBPyConnection) -> None:
        self.lent = cast("DuckDBPyConnection", LentConnection(connection))

    def take_back(self) -> None:
        self.lent = None

    @property
    def client_class(self) -> type[OneLoadClient]:
        return OneLoadClient

    def client(self, schema: Schema, initial_config: Any = None) -> DuckLakeClient:
        client = super().client(schema, initial_config)
        client.sql_client = OneLoadSqlClient(client.sql_client, self)
        return client
