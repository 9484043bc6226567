"""How often somebody may try: a sliding window for each key, kept in this process."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from api.accounts.errors import TooManyAttempts
from core.domain.clock import Clock

# Bounds the memory that somebody who invents keys can take: about 20 MB.
KEYS_REMEMBERED = 50_000


class AttemptLimit:
    """At most `most` attempts within `window` for each key; the key least recently used is forgotten first."""

    def __init__(self, most: int, window: timedelta, *, clock: Clock) -> None:
        self._most = most
        self._window = window
        self._clock = clock
        self._attempts: OrderedDict[str, deque[datetime]] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one attempt, before the work it guards, so that attempts side by side cannot slip through.

        TooManyAttempts when none is left; a refused attempt is not counted, so waiting always helps.
        """
        now = self._clock()
        attempts = self._attempts.setdefault(key, deque())
        self._attempts.move_to_end(key)
        while attempts and attempts[0] <= now - self._window:
            attempts.popleft()
        if len(attempts) >= self._most:
            wait = attempts[0] + self._window - now
            raise TooManyAttempts(-(-wait // timedelta(seconds=1)))
        attempts.append(now)
        if len(self._attempts) > KEYS_REMEMBERED:
            self._attempts.popitem(last=False)

    def forget(self, key: str) -> None:
        """Start afresh for a key that has proved itself."""
        self._attempts.pop(key, None)
