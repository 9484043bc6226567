"""Keeps one failing provider from taking the shop with it: a bulkhead and a circuit breaker for each connection."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from core.errors import ProviderUnavailable

FAILURES_TO_OPEN: Final = 5
OPEN_SECONDS: Final = 15.0
CALLS_AT_ONCE: Final = 16


class Circuit:
    """Calls to one connection. After five failures in a row it refuses at once for a while, then lets one call try."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._failures = 0
        self._opened_at: float | None = None
        self._room = asyncio.Semaphore(CALLS_AT_ONCE)

    @property
    def is_open(self) -> bool:
        return self._opened_at is not None and self._monotonic() - self._opened_at < OPEN_SECONDS

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Wraps one call; ProviderUnavailable at once while the circuit is open. A refusal is no failure."""
        if self.is_open:
            raise ProviderUnavailable("this provider failed several times in a row and is left alone for a moment")
        if self._opened_at is not None:
            # Half open: whoever comes while the trial runs is still refused.
            self._opened_at = self._monotonic()
        async with self._room:
            try:
                yield
            # A caller's time budget that ends arrives here as a cancellation: slow counts as failed.
            except (ProviderUnavailable, TimeoutError, asyncio.CancelledError):
                self._note_failure()
                raise
            self._failures, self._opened_at = 0, None

    def _note_failure(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES_TO_OPEN:
            self._opened_at = self._monotonic()
