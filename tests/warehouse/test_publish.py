"""A publish shows readers a whole, audited release or leaves them the one they had."""

import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from core.settings import ROOT
from tests.fixtures.disk import small_disk
from warehouse.errors import AuditsFailed, PublishFailed, ReleaseShrank, UnknownRelease
from warehouse.findings import AuditResult
from warehouse.manifest import Dataset
from warehouse.publish import KEPT_RELEASES, publish, rollback
from warehouse.release_file import SORTED_BY
from warehouse.store import ReleaseStore

# Runs in a process of its own, which kills itself just before the step that it is told.
KILLED_BEFORE = """
import os, signal, sys
from unittest.mock import patch
from core.settings import read_settings
from warehouse import publish as publishing, store
from warehouse.build import BuildReport
from warehouse.manifest import Dataset
from core.domain.clock import utc_now

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

module, _, name = sys.argv[1].rpartition(".")
target = {"store": store.ReleaseStore, "files": store, "publish": publishing}[module]
with patch.object(target, name, die):
    publishing.publish(BuildReport(Dataset.CATALOG, {}, (), utc_now(), 0.0), read_settings(env_files=()))
"""


@pytest.fixture
def settings(publishing_to, tmp_path):
    return publishing_to(tmp_path / "published")


@pytest.fixture
def report(small_build):
    return small_build[1]


def opened(settings, manifest):
    file = f"{settings.publish_path}/{manifest.dataset}/{manifest.file}"
    return duckdb.connect(file, read_only=True)  # noqa: TID251 - the test looks into the file itself


def test_a_release_holds_every_mart_as_a_sorted_table(settings, report):
    manifest = publish(report, settings)
    with opened(settings, manifest) as release:
        kinds = release.execute("SELECT DISTINCT table_type FROM information_schema.tables").fetchall()
        days = release.execute("SELECT product_id, local_date FROM fct_calendar_day").fetchall()
    assert kinds == [("BASE TABLE",)]
    assert days == sorted(days)
    assert len(days) == 12
    assert manifest.row_counts.keys() == SORTED_BY[Dataset.CATALOG].keys()
    assert manifest.row_counts["fct_price"] == 72


def test_the_manifest_says_how_old_each_source_is(settings, report):
    manifest = publish(report, settings)
    assert manifest.sources.keys() == {"canal", "meridian"}
    assert None not in manifest.sources["canal"].model_dump().values()
    assert ReleaseStore(settings.publish_path, Dataset.CATALOG).current() == manifest


def test_a_failed_blocking_audit_forbids_a_publish(settings, report):
    bad = AuditResult("catalog.fct_price", "net_never_above_retail", is_blocking=True, failed_rows=1234)
    with pytest.raises(AuditsFailed, match=r"net_never_above_retail on catalog\.fct_price: 1,234 rows"):
        publish(replace(report, audits=(bad,)), settings)
    assert ReleaseStore(settings.publish_path, Dataset.CATALOG).current() is None


def test_a_warning_does_not(settings, report):
    warning = AuditResult("catalog.dim_product", "product_has_city", is_blocking=False, failed_rows=3)
    assert publish(replace(report, audits=(warning,)), settings)


def test_a_catalogue_that_lost_a_third_is_refused_until_somebody_accepts_it(settings, report):
    store = ReleaseStore(settings.publish_path, Dataset.CATALOG)
    manifest = publish(report, settings)
    larger = manifest.model_copy(update={"row_counts": {**manifest.row_counts, "dim_product": 6}})
    store.point_to(larger)
    with pytest.raises(ReleaseShrank, match="dim_product fell from 6 to 4 rows"):
        publish(report, settings)
    assert store.current() == larger
    assert publish(report, settings, accepts_loss=True).row_counts["dim_product"] == 4


def test_the_last_releases_are_kept_and_can_come_back(settings, report):
    store = ReleaseStore(settings.publish_path, Dataset.CATALOG)
    versions = [publish(report, settings).version for _ in range(KEPT_RELEASES + 1)]
    assert store.versions() == versions[1:]
    assert rollback(Dataset.CATALOG, versions[1], settings).version == versions[1]
    publish(report, settings)
    assert versions[1] not in store.versions()
    with pytest.raises(UnknownRelease, match="is not kept"):
        rollback(Dataset.CATALOG, versions[0], settings)


def test_a_full_disk_is_said_and_leaves_the_release_and_no_half_file(publishing_to, report, tmp_path):
    with small_disk(tmp_path / "published", megabytes=8) as disk:
        settings = publishing_to(disk)
        before = publish(report, settings)
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free - 1_000_000))
        with pytest.raises(PublishFailed, match=r"readers keep the last release: .*No space left"):
            publish(report, settings)
        assert ReleaseStore(settings.publish_path, Dataset.CATALOG).current() == before
        assert not list(disk.rglob("*.part"))
        filler.unlink()
        assert publish(report, settings).version > before.version


@pytest.mark.slow
@pytest.mark.parametrize(
    "step", ["publish.write_release", "store.add", "files._fsync", "store.point_to", "publish._prune"]
)
def test_killed_at_any_step_it_leaves_a_whole_release(settings, report, step):
    store = ReleaseStore(settings.publish_path, Dataset.CATALOG)
    before = publish(report, settings)
    environment = {
        "HOME": str(Path.home()),  # where DuckDB keeps its extensions
        "TIQZY_HOME": str(settings.home),
        "TIQZY_DATABASE_URL": settings.database_url.get_secret_value(),
        "TIQZY_PUBLISH_URL": settings.publish_path,
    }
    child = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", KILLED_BEFORE, step], cwd=ROOT, env=environment, check=False, timeout=120
    )
    assert child.returncode == -signal.SIGKILL
    current = store.current()
    assert (current == before) == (step != "publish._prune")
    with opened(settings, current) as release:
        assert release.execute("SELECT count(*) FROM dim_product").fetchone() == (4,)
    assert publish(report, settings).version == store.current().version
