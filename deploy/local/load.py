"""The first load, or a late one: geography, then each connection's catalogue, days and slots -> build -> publish

Each step is said on stdout with the mark that `make run` passes on to the terminal.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from core.domain.clock import utc_now
from core.errors import PlatformError
from core.settings import ConnectionSettings, Settings, settings
from deploy.local.children import SAID
from pipelines.loads import (
    CALENDAR_DAYS_AHEAD,
    SLOT_DAYS_AHEAD,
    Availability,
    load_availability,
    load_catalogue,
    load_geography,
)
from warehouse.build import build
from warehouse.manifest import Dataset
from warehouse.publish import publish

# Slots first: they are what a shop sells.
AHEAD = {Availability.SLOTS: SLOT_DAYS_AHEAD, Availability.DAYS: CALENDAR_DAYS_AHEAD}


def main() -> int:
    """0 when a release was published; a connection that fails does so alone."""
    configured = settings()
    with _step("Countries and cities"):
        load_geography(configured)
    loaded = [_load_connection(connection, configured) for connection in configured.connections]
    if not any(loaded):
        print("No provider could be loaded.")
        return 1
    try:
        with _step("Catalogue built"):
            report = build(Dataset.CATALOG, configured)
        with _step("Catalogue published"):
            publish(report, configured)
    except PlatformError as problem:
        print(problem)
        return 1
    return 0


def _load_connection(connection: ConnectionSettings, configured: Settings) -> bool:
    name = connection.connection_id
    today = utc_now().date()
    try:
        with _step(f"{name}: products"):
            load_catalogue(connection, configured)
        for what, ahead in AHEAD.items():
            with _step(f"{name}: {what.lower()} of the next {ahead} days"):
                load_availability(connection, today, today + timedelta(days=ahead - 1), what, configured)
    except PlatformError as problem:
        print(f"{SAID}{name} could not be loaded: {problem}")
        return False
    return True


@contextmanager
def _step(text: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{SAID}{text} ({time.monotonic() - began:.1f} s)")


if __name__ == "__main__":
    sys.exit(main())
