"""Releases go to a bucket as they go to a folder."""

from datetime import UTC, datetime

import fsspec
import pytest

from warehouse.manifest import Dataset, Manifest
from warehouse.store import ReleaseStore

NOW = datetime(2026, 6, 15, tzinfo=UTC)


def manifest(version: str) -> Manifest:
    return Manifest(
        dataset=Dataset.CATALOG,
        version=version,
        schema_version=1,
        file=f"{version}.duckdb",
        bytes=5,
        sha256="",
        row_counts={},
        sources={},
        built_at=NOW,
        published_at=NOW,
    )


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    bucket = f"memory://{tmp_path.name}"
    yield ReleaseStore(bucket if request.param == "bucket" else str(tmp_path / "published"), Dataset.CATALOG)
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "made.duckdb"
    made.write_text("whole")
    return made


def test_nothing_is_published_at_first(store):
    assert store.current() is None
    assert store.versions() == []


def test_an_added_release_is_not_shown_until_the_manifest_moves(store, file):
    store.add(file, manifest("1"))
    assert store.current() is None
    store.point_to(manifest("1"))
    assert store.current() == manifest("1")
    assert store.versions() == ["1"]


def test_a_release_is_read_as_a_local_file(store, file, tmp_path):
    store.add(file, manifest("1"))
    assert store.local_file(manifest("1"), tmp_path / "cache").read_text() == "whole"


def test_a_bucket_s_older_releases_do_not_fill_the_disk(store, file, tmp_path):
    for version in ("1", "2"):
        store.add(file, manifest(version))
        read = store.local_file(manifest(version), tmp_path / "cache")
    assert list(read.parent.glob("catalog-*")) in ([], [read])


def test_a_removed_release_is_gone(store, file):
    store.add(file, manifest("1"))
    store.remove("1")
    assert store.versions() == []
    assert store.release("1") is None
