"""A reader follows what is published, and whatever goes wrong with it, goes on reading what it has."""

import hashlib
import subprocess
import sys
import threading
from datetime import UTC, datetime

import duckdb
import pytest

from warehouse.errors import NoRelease
from warehouse.manifest import Dataset, Manifest
from warehouse.readers import snapshot
from warehouse.readers.snapshot import FixedSource, SnapshotReader, require
from warehouse.store import ReleaseStore

NOW = datetime(2026, 6, 15, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    return ReleaseStore(str(tmp_path / "published"), Dataset.CATALOG)


@pytest.fixture
def reader(tmp_path):
    return SnapshotReader(str(tmp_path / "published"), Dataset.CATALOG, 1, tmp_path / "cache")


@pytest.fixture
def publish(store, tmp_path):
    """Publish a release whose one table says `number`; with the file and the manifest as the test wants them."""

    def published(number: int, content: bytes | None = None, **changed: object) -> Manifest:
        file = tmp_path / f"{number}.duckdb"
        with duckdb.connect(str(file)) as made:  # noqa: TID251 - the test plays the publisher
            made.execute(f"CREATE TABLE release AS SELECT {number} AS number")
        manifest = Manifest(
            dataset=Dataset.CATALOG,
            version=str(number),
            schema_version=1,
            file=file.name,
            bytes=file.stat().st_size,
            sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            row_counts={},
            sources={},
            built_at=NOW,
            published_at=NOW,
        ).model_copy(update=changed)
        if content is not None:
            file.write_bytes(content)
        store.add(file, manifest)
        store.point_to(manifest)
        return manifest

    return published


def number(source) -> int:
    return require(source).cursor().execute("SELECT number FROM release").fetchone()[0]


def test_before_the_first_publish_there_is_a_reason_and_no_release(reader):
    with pytest.raises(NoRelease, match="no catalog has been published yet"):
        require(reader)


def test_it_moves_to_what_is_published(reader, publish):
    for wanted in (1, 2):
        publish(wanted)
        reader.refresh()
        assert number(reader) == wanted
        assert reader.last_problem is None


def test_it_looks_by_itself_at_most_once_a_second(reader, publish, monkeypatch):
    seconds = iter(float(second) / 10 for second in range(1000))
    monkeypatch.setattr(snapshot.time, "monotonic", lambda: next(seconds))
    publish(1)
    assert number(reader) == 1
    publish(2)
    seen = [number(reader) for _ in range(15)]
    assert seen[0] == 1
    assert seen[-1] == 2


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ({"content": b""}, "not the one that was published"),
        ({"content": b"x" * 12}, "not the one that was published"),
        ({"schema_version": 2}, "has schema 2, this process reads up to 1"),
    ],
)
def test_it_keeps_what_it_has_when_the_next_release_is_no_good(reader, publish, broken, problem):
    publish(1)
    assert number(reader) == 1
    publish(2, **broken)
    reader.refresh()
    assert number(reader) == 1
    assert problem in reader.last_problem
    publish(3)
    reader.refresh()
    assert number(reader) == 3
    assert reader.last_problem is None


def test_it_keeps_what_it_has_when_the_file_is_missing(reader, publish, store):
    publish(1)
    assert number(reader) == 1
    store.local_file(publish(2), None).unlink()
    reader.refresh()
    assert number(reader) == 1
    assert "FileNotFoundError" in reader.last_problem


def test_damage_of_the_same_size_is_found(reader, publish, store):
    publish(1)
    assert number(reader) == 1
    manifest = publish(2)
    file = store.local_file(manifest, None)
    file.write_bytes(file.read_bytes()[:-1] + b"\x01")
    reader.refresh()
    assert number(reader) == 1
    assert "not the one that was published" in reader.last_problem


def test_a_manifest_that_is_none_changes_nothing(reader, publish, tmp_path):
    publish(1)
    assert number(reader) == 1
    (tmp_path / "published" / "catalog" / "manifest.json").write_text('{"version": ')
    reader.refresh()
    assert number(reader) == 1
    assert "cannot be read" in reader.last_problem


def test_a_page_keeps_its_release_while_others_move_on(reader, publish):
    publish(1)
    page = FixedSource(require(reader))
    publish(2)
    reader.refresh()
    assert (number(page), number(reader)) == (1, 2)


def test_threads_read_on_while_releases_change(reader, publish, store):
    publish(1)
    stop = threading.Event()
    seen: list[int] = []
    errors: list[Exception] = []

    def read() -> None:
        while not stop.is_set():
            try:
                seen.append(number(reader))
            except Exception as error:  # noqa: BLE001 - any error at all is the failure
                errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for wanted in range(2, 8):
        publish(wanted)
        reader.refresh()
        store.remove(str(wanted - 1))
    stop.set()
    for thread in threads:
        thread.join(10)
    assert errors == []
    assert number(reader) == 7
    assert set(seen) <= set(range(1, 8))


def test_a_process_that_reads_rows_does_not_import_pandas():
    asked = """
import sys
import duckdb
from warehouse.readers.snapshot import leave_out_data_frames
leave_out_data_frames()
values = {"text": "a", "none": None, "days": ["b"]}
assert duckdb.execute("SELECT $text, $none, $days", values).fetchone() == ("a", None, ["b"])
print(not {"numpy", "pyarrow"} & set(sys.modules))
"""
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert said.stdout.strip() == "True"
