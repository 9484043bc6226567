"""When, where and for whom, as a person says it. IssuedItem and the shop's formats -> short lines"""

from datetime import datetime
from typing import Final

from api.pages.formatting import Formats
from api.tickets.views import IssuedItem, IssuedTicket

TIMES: Final = " \N{MULTIPLICATION SIGN} "


def time_in_words(item: IssuedItem, formats: Formats) -> str:
    """`10:00 to 11:30`, or the opening hours of a visit that starts when one likes."""
    if item.is_all_day:
        hours = [f"{formats.clock(opens)} to {formats.clock(closes)}" for opens, closes in item.opening_hours]
        return f"Any time, open {', '.join(hours)}" if hours else "Any time that day"
    starts, ends = item.starts_local, item.ends_local
    first = _clock(starts, formats)
    if item.ends_at <= item.starts_at:
        return first
    later_day = f" ({formats.short_day(ends.date())})" if ends.date() != starts.date() else ""
    return f"{first} to {_clock(ends, formats)}{later_day}"


def place_in_words(item: IssuedItem) -> str:
    """`Museumplein 6, Amsterdam`; the name of the place stands elsewhere."""
    return ", ".join(part for part in (item.street_address, item.city_name) if part)


def party_in_words(item: IssuedItem) -> str:
    """`2 Adult, 1 Child`, with a times sign after each number."""
    return ", ".join(f"{units.quantity}{TIMES}{units.title}" for units in item.units)


def admits(item: IssuedItem, ticket: IssuedTicket) -> str:
    """Whom one ticket lets in."""
    return ticket.unit_title or party_in_words(item)


def is_told_twice(moment: datetime) -> bool:
    """The clock shows this local time twice, because it is set back that night."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _clock(moment: datetime, formats: Formats) -> str:
    written = formats.clock(moment.strftime("%H:%M"))
    return f"{written} {moment.tzname()}" if is_told_twice(moment) else written
