"""What the shop's database says aloud: NOTIFY shop_changed -> a wake-up. No clock ticks while nothing is sold."""

import select
import time
from contextlib import suppress
from typing import Any, Self

import psycopg
import structlog
from tenacity import RetryCallState, retry, retry_if_exception_type, wait_exponential

from core.db.addresses import Database, database_url
from core.settings import Settings

log = structlog.get_logger("dagster_project.stream")

CHANNEL = "shop_changed"
LONGEST_PAUSE_SECONDS = 30
# A server that vanished without a word would otherwise be waited for two hours.
KEEPALIVE: Any = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


def _say(attempt: RetryCallState) -> None:
    error = attempt.outcome.exception() if attempt.outcome else None
    log.warning("the shop's database does not answer", attempt=attempt.attempt_number, error=str(error))


class ShopChanges:
    """One connection that listens. It is made anew when it is lost, for as long as it takes."""

    def __init__(self, settings: Settings) -> None:
        self._address = database_url(Database.SHOP, settings)
        self._connection: psycopg.Connection | None = None

    def __enter__(self) -> Self:
        self._connection = self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        self._forget()

    def wait(self, seconds: float) -> bool:
        """Whether there may be something new: somebody said so, or the connection was lost and nobody could.

        False when `seconds` have passed.
        """
        deadline = time.monotonic() + seconds
        try:
            while not self._was_told():
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self._listening], [], [], left)[0]:
                    return False
        except psycopg.OperationalError as error:
            log.warning("the shop's database went away", error=str(error))
            self._forget()
            self._connection = self._listen()
        return True

    def gather(self, seconds: float) -> None:
        """Let more of the same arrive, and take it; who looks afterwards finds it all."""
        time.sleep(seconds)
        with suppress(psycopg.OperationalError):  # the next wait makes good for it
            self._was_told()

    @property
    def _listening(self) -> psycopg.Connection:
        if self._connection is None:
            raise psycopg.OperationalError("not connected")
        return self._connection

    def _was_told(self) -> bool:
        """Takes what has arrived. psycopg's own notifies() would look ten times a second."""
        connection = self._listening.pgconn
        connection.consume_input()
        notified = 0
        while connection.notifies():
            notified += 1
        return notified > 0

    @retry(
        retry=retry_if_exception_type(psycopg.OperationalError),
        wait=wait_exponential(multiplier=0.5, max=LONGEST_PAUSE_SECONDS),
        before_sleep=_say,
    )
    def _listen(self) -> psycopg.Connection:
        connection = psycopg.connect(self._address, autocommit=True, **KEEPALIVE)
        connection.execute(f"LISTEN {CHANNEL}")
        return connection

    def _forget(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None
