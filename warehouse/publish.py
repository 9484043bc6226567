"""Publishes a dataset for its readers. audited marts -> immutable file -> store -> the manifest moves, last"""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import structlog

from core.domain.clock import utc_now
from core.settings import Settings
from warehouse.build import BuildReport, build_lock
from warehouse.errors import AuditsFailed, PublishFailed, ReleaseShrank, UnknownRelease
from warehouse.locks import alone
from warehouse.manifest import SCHEMA_VERSIONS, Dataset, Manifest
from warehouse.release_file import ReleaseFile, write_release
from warehouse.store import ReleaseStore

log = structlog.get_logger()

KEPT_RELEASES = 5

# More than this lost since the last release is a failure somewhere, not news. Slots and days come and go by nature,
# sales never go.
LARGEST_LOSS_PERCENT = 30
GUARDED_TABLES = {
    Dataset.CATALOG: ("dim_country", "dim_city", "dim_place", "dim_product", "dim_option", "dim_unit"),
    Dataset.SALES: ("dim_reseller", "fct_order_item"),
}
# A catalogue without these sells nothing; sales begin with none.
NEVER_EMPTY = {Dataset.CATALOG: ("dim_product",), Dataset.SALES: ()}


def publish(report: BuildReport, settings: Settings, *, accepts_loss: bool = False) -> Manifest:
    """Show readers what `report` built; killed at any moment, it leaves them the release they had.

    AuditsFailed when a blocking audit found rows. ReleaseShrank when there is nothing to sell, or more than
    LARGEST_LOSS_PERCENT of a guarded table is gone; `accepts_loss` is for a person who knows why it is. PublishFailed
    when it cannot be written. Waits for a build of the dataset to end, so that a release never holds half of one.
    """
    if failures := report.blocking_failures:
        raise AuditsFailed(f"{report.dataset} is not published: {'; '.join(map(str, failures))}")
    try:
        manifest = _release(report, settings, accepts_loss=accepts_loss)
    except (OSError, duckdb.IOException) as error:
        raise PublishFailed(f"{report.dataset} is not published, readers keep the last release: {error}") from error
    rows = sum(manifest.row_counts.values())
    log.info("published", dataset=report.dataset, version=manifest.version, bytes=manifest.bytes, rows=rows)
    return manifest


def _release(report: BuildReport, settings: Settings, *, accepts_loss: bool) -> Manifest:
    dataset = report.dataset
    store = ReleaseStore(settings.publish_path, dataset)
    settings.home.mkdir(parents=True, exist_ok=True)
    with alone(f"publish {dataset}", settings), TemporaryDirectory(dir=settings.home, prefix="release-") as folder:
        version = _new_version()
        with build_lock(dataset, settings):
            release = write_release(dataset, Path(folder) / f"{version}.duckdb", settings)
        current = store.current()
        if not accepts_loss:
            _refuse_loss(dataset, release, current)
        manifest = _manifest(report, release, version, current)
        store.add(release.path, manifest)
        store.point_to(manifest)
        _prune(store, manifest)
    return manifest


def rollback(dataset: Dataset, version: str, settings: Settings) -> Manifest:
    """Show readers an earlier release again, until the next publish. UnknownRelease when it is not kept."""
    store = ReleaseStore(settings.publish_path, dataset)
    with alone(f"publish {dataset}", settings):
        manifest = store.release(version)
        if manifest is None:
            raise UnknownRelease(f"{version} is not kept; there are {', '.join(store.versions()) or 'none'}")
        store.point_to(manifest)
    log.info("rolled back", dataset=dataset, version=version)
    return manifest


def _new_version() -> str:
    """Sorts by time; the random end keeps two machines apart."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"


def _manifest(report: BuildReport, release: ReleaseFile, version: str, current: Manifest | None) -> Manifest:
    return Manifest(
        dataset=report.dataset,
        version=version,
        schema_version=SCHEMA_VERSIONS[report.dataset],
        file=release.path.name,
        bytes=release.bytes,
        sha256=release.sha256,
        row_counts=release.row_counts,
        sources=release.sources,
        # What was pending before a build that did not cover it is pending still.
        read_to=current.read_to if report.read_to is None and current else report.read_to,
        built_at=report.started_at,
        published_at=utc_now(),
    )


def _refuse_loss(dataset: Dataset, release: ReleaseFile, current: Manifest | None) -> None:
    for table in NEVER_EMPTY[dataset]:
        if not release.row_counts[table]:
            raise ReleaseShrank(f"there is not one row of {table} to publish")
    before = current.row_counts if current else {}
    for table in GUARDED_TABLES[dataset]:
        now, then = release.row_counts[table], before.get(table, 0)
        if now * 100 < then * (100 - LARGEST_LOSS_PERCENT):
            raise ReleaseShrank(f"{table} fell from {then:,} to {now:,} rows; the last release stays")


def _prune(store: ReleaseStore, current: Manifest) -> None:
    for version in store.versions()[:-KEPT_RELEASES]:
        if version != current.version:
            store.remove(version)
