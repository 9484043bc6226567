"""When a batch runs: at once when something was sold, again after a failure, and every few minutes unasked."""

import time
from dataclasses import dataclass, field

import duckdb
import psycopg
import structlog
from dagster import DagsterError
from sqlalchemy.exc import SQLAlchemyError

from core.errors import PlatformError
from core.settings import Settings
from dagster_project.stream.batch import Batches
from dagster_project.stream.changes import ShopChanges
from dagster_project.stream.unread import look

log = structlog.get_logger("dagster_project.stream")

# Several people who pay at once make one batch.
GATHER_SECONDS = 1.0
# While sale follows sale: a batch costs processor time and a hundred rows of Dagster's, however few are in it.
PACE_SECONDS = 10.0
# Behind the notifications, for the case that one got lost.
LOOK_SECONDS = 300.0
# What visitors look at is an analyst's figure: it waits for others, but not for the next sale.
DEMAND_SECONDS = 3600.0
FIRST_RETRY_SECONDS = 5.0
LAST_RETRY_SECONDS = 60.0

# A step that fails is a failed run; these are what stops us from starting or recording one.
OUTAGES = (PlatformError, SQLAlchemyError, psycopg.Error, duckdb.Error, DagsterError, OSError)


@dataclass
class Stream:
    settings: Settings
    changes: ShopChanges
    batches: Batches
    _seen: str | None = field(default=None, init=False)
    _batched_at: float = field(default_factory=time.monotonic, init=False)
    _retry_seconds: float = field(default=FIRST_RETRY_SECONDS, init=False)

    def run(self) -> None:
        """Until somebody interrupts it."""
        while True:
            if not self.catch_up():
                self.changes.gather(self._back_off())
            elif self.changes.wait(LOOK_SECONDS):
                since_last = time.monotonic() - self._batched_at
                self.changes.gather(max(GATHER_SECONDS, PACE_SECONDS - since_last))

    def catch_up(self) -> bool:
        """Bring what was sold to the figures, if anything was; False when that failed and must be tried again."""
        seen, self._seen = self._seen, None
        try:
            found = look(self.settings, seen, with_demand=time.monotonic() - self._batched_at > DEMAND_SECONDS)
            if found.is_due:
                self._batched_at = time.monotonic()
                if not self.batches.run():
                    return False
        except OUTAGES as error:
            log.warning("sales wait", error=f"{type(error).__name__}: {error}")
            return False
        self._seen = found.snapshot
        self._retry_seconds = FIRST_RETRY_SECONDS
        return True

    def _back_off(self) -> float:
        """Each failure in a row doubles the pause: what stays broken must not burn a processor."""
        pause = self._retry_seconds
        self._retry_seconds = min(pause * 2, LAST_RETRY_SECONDS)
        return pause
