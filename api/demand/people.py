"""Tells people's browsers from programs, as far as these say so themselves. request headers -> whether to count"""

from collections.abc import Iterable
from typing import Final

# Every browser calls itself this first; a program of its own name is none.
_BROWSER: Final = "mozilla/"
# Honest crawlers call themselves something of the kind, or give an address to ask at.
_PROGRAM: Final = ("bot", "crawl", "spider", "slurp", "preview", "headless", "lighthouse", "monitor", "://")
_PHONE: Final = "cubot"


def is_person(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Headers as ASGI gives them. Who pretends is believed."""
    is_browser = False
    for name, value in headers:
        if name == b"user-agent":
            is_browser = _is_browser(value.decode("latin-1").lower())
        elif name == b"sec-purpose":  # fetched ahead, and perhaps never shown
            return False
    return is_browser


def _is_browser(agent: str) -> bool:
    """Plain comparisons: a pattern takes several times as long, for each page."""
    if not agent.startswith(_BROWSER):
        return False
    agent = agent.replace(_PHONE, "")
    for word in _PROGRAM:  # noqa: SIM110 - any() makes a generator, which costs more than all of these
        if word in agent:
            return False
    return True
