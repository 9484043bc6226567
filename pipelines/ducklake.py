"""dlt's DuckLake destination, but for one DuckDB per lake and process. DuckLakeCredentials -> a warm, shared DuckDB

dlt starts a DuckDB for every job and loads its extensions into it again: 0.4 s of CPU each, some thirty times in one
catalogue load. A named in-memory DuckDB is shared by all of a process's connections for as long as one is open.
"""

import hashlib
from contextlib import suppress
from typing import Any

from dlt.common.configuration import configspec
from dlt.destinations.exceptions import DatabaseException
from dlt.destinations.impl.duckdb.sql_client import DuckDbSqlClient
from dlt.destinations.impl.ducklake.configuration import DuckLakeCredentials
from dlt.destinations.impl.ducklake.ducklake import DuckLakeClient
from dlt.destinations.impl.ducklake.factory import ducklake
from dlt.destinations.impl.ducklake.sql_client import DuckLakeSqlClient


@configspec(init=False)
class SharedLakeCredentials(DuckLakeCredentials):
    """Credentials whose DuckDB is named after the lake, so that two lakes of one process never meet."""

    def _conn_str(self) -> str:
        identity = f"{self.catalog_location()} {self.catalog.to_native_representation()} {self.storage_url}"
        return f":memory:{hashlib.sha256(identity.encode()).hexdigest()[:16]}"


class SharedLakeSqlClient(DuckLakeSqlClient):
    """Leaves the lake attached when a connection closes: others are using it."""

    def close_connection(self) -> None:
        if self._conn:
            with suppress(DatabaseException):
                self.rollback_transaction()
        DuckDbSqlClient.close_connection(self)


class SharedLakeClient(DuckLakeClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        theirs = self.sql_client
        self.sql_client = SharedLakeSqlClient(
            theirs.dataset_name, theirs.staging_dataset_name, theirs.credentials, theirs.capabilities
        )


class shared_ducklake(ducklake):  # noqa: N801 - dlt names its destinations in small letters
    @property
    def client_class(self) -> type[DuckLakeClient]:
        return SharedLakeClient
