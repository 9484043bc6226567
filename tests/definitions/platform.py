"""A small platform that Dagster works on: sandbox suppliers, a lake, releases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg
from sqlglot import exp

from core.settings import Settings
from dagster_project.groups import Group, assets_in
from dagster_project.runs import assets_of, execute
from warehouse import lake
from warehouse.manifest import Dataset, Manifest
from warehouse.store import ReleaseStore


@dataclass(frozen=True)
class Platform:
    settings: Settings
    definitions: dg.Definitions
    instance: dg.DagsterInstance

    def run(self, job: str, *, only: Group | None = None, **tags: str) -> dg.ExecuteInProcessResult:
        keys = assets_of(self.definitions, assets_in(only)) if only else None
        return execute(self.definitions, job, self.instance, tags=tags, only=keys)

    def release_version(self) -> str | None:
        current = self.release()
        return current.version if current else None

    def release(self) -> Manifest | None:
        return ReleaseStore(self.settings.publish_path, Dataset.CATALOG).current()

    @contextmanager
    def lake_at(self, snapshot_id: int) -> Iterator[Callable[..., int]]:
        """Counts the rows of a table or view as they were at a snapshot of the lake."""
        with lake.connect(self.settings) as connection:
            address = lake.catalog_address(self.settings).replace("'", "''")
            options = f"SNAPSHOT_VERSION {snapshot_id}, METADATA_SCHEMA '{lake.LAKE}', READ_ONLY"
            connection.execute("USE memory; DETACH lake")
            connection.execute(f"ATTACH 'ducklake:{address}' AS lake ({options}); USE lake")

            def count(table: str, condition: str = "true") -> int:
                query = exp.select("COUNT(*)").from_(table).where(condition)
                return connection.execute(query.sql("duckdb")).fetchone()[0]

            yield count


def checks(result: dg.ExecuteInProcessResult) -> dict[str, tuple[bool, str | None]]:
    """Check name -> whether it passed, and what it says."""
    found = result.get_asset_check_evaluations()
    return {check.check_name: (check.passed, check.description) for check in found}


def made(result: dg.ExecuteInProcessResult) -> dict[str, dg.AssetMaterialization]:
    """Asset key -> its materialisation; the last one of a partitioned asset."""
    events = result.get_asset_materialization_events()
    return {event.asset_key.to_user_string(): event.materialization for event in events}
