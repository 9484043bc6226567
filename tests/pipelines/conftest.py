"""Real loads need a real lake: one per module, in which each test has a connection of its own."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import structlog

from core.domain.clock import utc_now
from core.settings import Settings
from tests.pipelines.replies import ScriptedSupplier, scripted_supplier
from warehouse import lake

numbers = count(1)


@pytest.fixture(autouse=True)
def _logs_as_before():
    """A command decides how its process logs, and here it shares one with every other test."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def lake_settings(new_platform, tmp_path_factory) -> Iterator[Settings]:
    with new_platform(tmp_path_factory.mktemp("lake") / "home") as settings:
        yield settings


@pytest.fixture
def supplier() -> Iterator[ScriptedSupplier]:
    with scripted_supplier(f"scripted{next(numbers)}") as running:
        yield running


@pytest.fixture
def rows(lake_settings, supplier) -> Callable[..., list[Any]]:
    """Rows of a raw table as other processes see them, of this test's connection; one column comes without tuples."""

    def read(columns: str, table: str) -> list[Any]:
        sql = f"SELECT {columns} FROM octo.{table} WHERE connection_id = ? ORDER BY ALL"  # noqa: S608 - tests write it
        found = query(lake_settings, sql, supplier)
        return [row[0] for row in found] if found and len(found[0]) == 1 else found

    return read


def query(settings: Settings, sql: str, supplier: ScriptedSupplier) -> list[tuple[Any, ...]]:
    connection = lake.connect(settings, read_only=True)
    try:
        return connection.execute(sql, [supplier.connection.connection_id]).fetchall()
    finally:
        connection.close()


@pytest.fixture
def later() -> Callable[[], Any]:
    """A clock that moves a minute with each look, so that one load is seen to come after another."""
    start, looks = utc_now(), count()
    return lambda: start + timedelta(minutes=next(looks))
