"""What the person at the terminal reads: one line per step, with the seconds since the start."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Terminal:
    """Prints steps as they end; several may be under way at once, so each line stands alone."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def say(self, text: str) -> None:
        print(f"  {self.seconds:6.1f} s  {text}", flush=True)

    def print(self, text: str = "") -> None:
        print(text, flush=True)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Say `text` and how long it took, once it has ended well."""
        began = time.monotonic()
        yield
        self.say(f"{text} ({time.monotonic() - began:.1f} s)")
