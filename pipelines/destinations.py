"""dlt pipelines into the lake. a source -> load packages under settings.home -> DuckLake (Parquet + PostgreSQL)"""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import dlt
import duckdb
import pyarrow as pa
from dlt.common.destination.exceptions import DestinationException, DestinationUndefinedEntity
from dlt.common.exceptions import PipelineException
from dlt.destinations.exceptions import DatabaseException
from dlt.destinations.impl.ducklake.configuration import DuckLakeCredentials
from dlt.extract import DltSource
from dlt.pipeline.exceptions import PipelineStepFailed
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

from core.db.addresses import Database, database_url
from core.db.duckdb_extensions import install_extensions
from core.settings import Settings
from pipelines.ducklake import OneLoadLake
from pipelines.errors import LoadFailed

LAKE = "lake"
# The PostgreSQL schema of the catalogue, which everybody who attaches the lake names alike.
CATALOGUE_SCHEMA = LAKE

COMMIT_ATTEMPTS = 4


def lake_destination(settings: Settings) -> OneLoadLake:
    """The lake as dlt loads it; needs no network, whatever DuckDB would like to fetch."""
    install_extensions()
    credentials = DuckLakeCredentials(
        LAKE,
        metadata_schema=CATALOGUE_SCHEMA,
        catalog=database_url(Database.LAKE, settings),
        storage=settings.lake_path,
    )
    # One thread: a DuckDB thread that waits for another spins meanwhile.
    credentials.global_config = {"autoinstall_known_extensions": False, "threads": 1}
    credentials.local_config = {"enable_progress_bar": False}
    return OneLoadLake(credentials=credentials)


def _is_conflict(error: BaseException | None) -> bool:
    """Whether DuckDB said so; dlt's own texts speak of conflicts that may be."""
    while error and not isinstance(error, duckdb.Error):
        error = error.__cause__ or error.__context__
    return "conflict" in str(error).lower()


class LakePipeline:
    """One dlt pipeline: a name, a dataset, a working folder. `with` waits until no other process runs the same."""

    def __init__(self, name: str, dataset: str, settings: Settings) -> None:
        _configure()
        self._name = name
        self._dataset = dataset
        self._folder = settings.home.absolute() / "dlt"
        self._lock = _exclusive(self._folder, name)
        self._lake = lake_destination(settings)
        self._client = self._pipeline().sql_client()

    def __enter__(self) -> Self:
        self._lock.__enter__()
        try:
            self._lake.lend(self._client.open_connection())
        except DestinationException as error:
            self._lock.__exit__(None, None, None)
            raise LoadFailed(f"{self._name}: the lake cannot be opened: {error}") from error
        return self

    def __exit__(self, *error: object) -> None:
        self._lake.take_back()
        self._client.close_connection()
        self._lock.__exit__(None, None, None)

    def rows(self, query: str, *values: Any) -> pa.Table:
        """What the dataset holds; no rows where its tables do not exist yet."""
        try:
            with self._client.execute_query(query, *values) as cursor:
                found: pa.Table = cursor.arrow()
                return found
        except DestinationUndefinedEntity:
            return pa.table({})
        except DatabaseException as error:
            raise LoadFailed(f"{self._name}: the lake cannot be read: {error}") from error

    def load(self, source: DltSource) -> None:
        """Extract, normalise, load, all tables in one commit; LoadFailed says why it was none."""
        try:
            self._load(source)
        except PipelineStepFailed as failure:
            if not isinstance(failure.exception, Exception):
                raise failure.exception from None  # somebody interrupted, which is nobody's failure
            raise LoadFailed(f"{self._name}: {failure.step}: {failure.exception}") from failure
        except (DatabaseException, PipelineException) as error:
            raise LoadFailed(f"{self._name}: {error}") from error

    @retry(
        retry=retry_if_exception(_is_conflict),
        wait=wait_random_exponential(multiplier=0.5, max=5),
        stop=stop_after_attempt(COMMIT_ATTEMPTS),
        reraise=True,
    )
    def _load(self, source: DltSource) -> None:
        """Two loads may commit at once; the one that lost is none, and starts again."""
        pipeline = self._pipeline()
        # What a load that was cut short left behind is older than what was just read.
        pipeline.abort_packages()
        pipeline.extract(source)
        pipeline.normalize()
        with self._client.begin_transaction():
            pipeline.load()

    def _pipeline(self) -> dlt.Pipeline:
        """As its working folder has it: one whose load failed remembers what was not committed."""
        return dlt.pipeline(
            self._name, pipelines_dir=str(self._folder), destination=self._lake, dataset_name=self._dataset
        )


def row_counts(frames: Mapping[Any, pa.Table]) -> dict[str, int]:
    return {table.name: frame.num_rows for table, frame in frames.items()}


@contextmanager
def _exclusive(folder: Path, name: str) -> Iterator[None]:
    """A file lock: a schedule and a backfill by hand would otherwise share one working folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@lru_cache(maxsize=1)
def _configure() -> None:
    """Switches of dlt for this process; nothing is sent anywhere and no state is read back from the lake."""
    dlt.config["runtime.dlthub_telemetry"] = False
    dlt.config["runtime.log_level"] = "ERROR"
    # An interrupt is for who runs the load: dlt would keep it and report a failed job.
    dlt.config["runtime.intercept_signals"] = False
    dlt.config["restore_from_destination"] = False
    dlt.config["load.workers"] = 1
    dlt.config["load.delete_completed_jobs"] = True
