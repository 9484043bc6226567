"""Ages, spans, deadlines and codes as a person says them. Registered as template filters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from warehouse.readers.shapes import Unit

JUST_NOW: Final = timedelta(seconds=90)
# Suppliers write "no limit" as 99 or more.
NO_UPPER_AGE: Final = 99


def age_in_words(fetched_at: datetime, now: datetime) -> str:
    """How old a fact is, as a person would say it: `checked just now`, `as of 40 minutes ago`."""
    age = now - fetched_at
    if age < JUST_NOW:
        return "checked just now"
    minutes = int(age.total_seconds() // 60)
    steps = ((1, 60, "minute"), (60, 24 * 60, "hour"), (24 * 60, None, "day"))
    size, _, word = next(step for step in steps if step[1] is None or minutes < step[1])
    count = minutes // size
    return f"as of {count} {word}{'' if count == 1 else 's'} ago"


def duration_in_words(first: int | None, last: int | None) -> str | None:
    """`1 h 30 min`, `2 to 3 h`; None where the supplier does not say."""
    if first is None and last is None:
        return None
    low, high = first if first is not None else last or 0, last if last is not None else first or 0
    if low == high:
        return _span(low)
    if low % 60 == 0 and high % 60 == 0:
        return f"{low // 60} to {high // 60} h"
    return f"{_span(low)} to {_span(high)}"


def cutoff_in_words(seconds: int | None) -> str | None:
    """`Free cancellation up to 24 hours before`; None where it is not said."""
    if seconds is None:
        return None
    if seconds == 0:
        return "Free cancellation until the visit starts"
    hours = -(-seconds // 3600)
    span = f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hour{'' if hours == 1 else 's'}"  # noqa: PLR2004
    return f"Free cancellation up to {span} before"


def ages_in_words(unit: Unit) -> str:
    """` (4 to 12 years)`, with its leading space; nothing where ages do not matter."""
    low, high = unit.min_age, unit.max_age
    if low and high is not None and high < NO_UPPER_AGE:
        return f" ({low} to {high} years)"
    if high is not None and high < NO_UPPER_AGE:
        return f" (up to {high} years)"
    return f" ({low} years and over)" if low else ""


def label_in_words(label: str) -> str:
    """A provider's code as a person reads it: `SKIP_THE_LINE`, `guided-tours` -> `Guided tours`."""
    return label.replace("_", " ").replace("-", " ").strip().capitalize()


def _span(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{days} day{'' if days == 1 else 's'}"] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{left} min"] if left else []
    return " ".join(parts) or "0 min"


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "ages_in_words": ages_in_words,
    "duration_in_words": duration_in_words,
    "cutoff_in_words": cutoff_in_words,
    "label_in_words": label_in_words,
}
