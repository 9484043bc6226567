"""Time as a dependency, so that a test can hold it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The real clock; aware, in UTC."""
    return datetime.now(UTC)
