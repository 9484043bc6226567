"""Follows the published releases of one dataset. manifest -> checked DuckDB file -> read-only cursors."""

import hashlib
import sys
import threading
import time
from pathlib import Path
from typing import Any

import duckdb

from core.db.duckdb_extensions import NO_DOWNLOADS
from warehouse.errors import NoRelease
from warehouse.manifest import Dataset, Manifest
from warehouse.store import ReleaseStore

CHECK_SECONDS = 1.0

# A reader answers many small questions at once: one thread each beats DuckDB's own parallelism.
READ_CONFIG = {**NO_DOWNLOADS, "threads": "1", "enable_external_access": "false"}


def leave_out_data_frames() -> None:
    """For a process that reads rows only, before it reads.

    The first time DuckDB is given a value it imports pandas, NumPy and Arrow to see whether it is one of theirs: 80 MB,
    and a second of the first visitor.
    """
    # Python's own way to say that there is none, which its type does not know.
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]


class Release:
    """One opened release; it stays readable as long as somebody holds it, whatever is published meanwhile."""

    def __init__(self, manifest: Manifest, file: Path) -> None:
        self.manifest = manifest
        self._connection = duckdb.connect(str(file), read_only=True, config=READ_CONFIG)  # noqa: TID251 - this is the way
        self._connection.execute("SET TimeZone = 'UTC'")
        self._of_thread = threading.local()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's own cursor; a cursor must never be shared between threads."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._of_thread, "cursor", None)
        if cursor is None:
            cursor = self._of_thread.cursor = self._connection.cursor()
        return cursor

    def rows(self, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        """What a question answers, each row by its columns' names."""
        cursor = self.cursor()
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class SnapshotReader:
    """The newest readable release of a dataset; looks for a newer one at most once a second, when asked.

    Whatever is wrong with a publish (missing, truncated, a newer schema, an unreachable store), the release in
    use stays in use and `last_problem` says why, in a sentence for the person who runs the platform.
    """

    def __init__(self, publish_path: str, dataset: Dataset, supported_schema: int, cache_dir: Path) -> None:
        self.last_problem: str | None = None
        self._publish_path = publish_path
        self._dataset = dataset
        self._supported_schema = supported_schema
        self._cache_dir = cache_dir
        self._store: ReleaseStore | None = None
        self._release: Release | None = None
        self._checked_at = float("-inf")
        self._checking = threading.Lock()

    @property
    def current(self) -> Release | None:
        """The release to read now; None before the first publish."""
        if time.monotonic() - self._checked_at >= CHECK_SECONDS and self._checking.acquire(
            blocking=self._release is None
        ):
            try:
                self._follow()
            finally:
                self._checking.release()
        return self._release

    def refresh(self) -> None:
        """Look for a newer release now."""
        with self._checking:
            self._follow()

    def _follow(self) -> None:
        try:
            self.last_problem = self._move_to_published()
        except Exception as error:  # noqa: BLE001 - object stores raise anything, and a shop must go on
            self.last_problem = f"the published {self._dataset} cannot be read: {type(error).__name__}: {error}"
        self._checked_at = time.monotonic()

    def _move_to_published(self) -> str | None:
        """Open the published release unless it is open already; what stands in the way, if anything does."""
        self._store = self._store or ReleaseStore(self._publish_path, self._dataset)
        manifest = self._store.current()
        if manifest is None:
            return f"no {self._dataset} has been published yet"
        if self._release is not None and self._release.manifest == manifest:
            return None
        if manifest.schema_version > self._supported_schema:
            return (
                f"release {manifest.version} has schema {manifest.schema_version}, "
                f"this process reads up to {self._supported_schema}"
            )
        file = self._store.local_file(manifest, self._cache_dir)
        if not _is_whole(file, manifest):
            return f"the file of release {manifest.version} is not the one that was published"
        self._release = Release(manifest, file)
        return None


class FixedSource:
    """One release for as long as one page is made, so that its parts agree."""

    def __init__(self, release: Release) -> None:
        self.current: Release | None = release
        self.last_problem: str | None = None


def require(source: SnapshotReader | FixedSource) -> Release:
    """The release to read; NoRelease with the reason when there is none."""
    release = source.current
    if release is None:
        raise NoRelease(source.last_problem or "nothing has been published yet")
    return release


def _is_whole(file: Path, manifest: Manifest) -> bool:
    if file.stat().st_size != manifest.bytes:
        return False
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == manifest.sha256
