"""Tells people's browsers from programs, as far as these say so themselves. request headers -> whether to count"""

import re
from collections.abc import Iterable
from typing import Final

# Every browser calls itself Mozilla; a program that says who it is names itself, or an address to ask at.
_PERSON: Final = re.compile(
    # Cubot makes phones.
    rb"Mozilla/(?!.*(?:(?<!cu)bot|crawl|spider|slurp|preview|headless|lighthouse|monitor|://))",
    re.IGNORECASE,
)
# A browser that fetches ahead may never show it.
_AHEAD: Final = (b"sec-purpose", b"purpose", b"x-moz")


def is_person(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Headers as ASGI gives them. Who pretends is believed."""
    is_browser = False
    for name, value in headers:
        if name == b"user-agent":
            is_browser = _PERSON.match(value) is not None
        elif name in _AHEAD and b"prefetch" in value:
            return False
    return is_browser
