"""Pages of one buyer alone: never kept, never indexed, and their address never told. path -> whether, and what to log

Whoever knows the address of an order owns it, so that address is a secret like a password.
"""

import re
from typing import Final

NEVER_TOLD: Final = {
    # Under no-referrer a browser calls these pages' origin null, and their own forms would seem to come from elsewhere.
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "private, no-store",
}
_PRIVATE: Final = re.compile(r"(?:/s/[^/]+|/v1/shops/[^/]+)?/(?:cart|checkout|orders?|tickets(?:/[^/]+){3})(?:/|$)")
# With a shop's own host there is nothing before it, until the shop is found.
_SECRET: Final = re.compile(r"((?:/s/[^/]+)?/orders/)[^/]+")


def is_private(path: str) -> bool:
    return _PRIVATE.match(path) is not None


def loggable(path: str) -> str:
    """`/s/canal-house/orders/***/tickets.pdf`."""
    return _SECRET.sub(r"\1***", path, count=1) if _SECRET.match(path) else path
