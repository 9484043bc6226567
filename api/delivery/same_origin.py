"""Refuses what another site makes a visitor's browser send to a shop. every request -> passed, or FromElsewhere

The shops' pages are kept for everybody and can carry no token, so the browser's own word decides: it sends `Origin` and
`Sec-Fetch-Site`, and no page can forge them. Under /v1 nothing is done by cookie, so nothing can be borrowed.
"""

from typing import Final

from fastapi import Request

from api.errors import FromElsewhere

SAFE_METHODS: Final = ("GET", "HEAD", "OPTIONS")


async def refuse_from_elsewhere(request: Request) -> None:
    """FromElsewhere for a change of a shop's page that does not come from a page of the same host."""
    if request.method in SAFE_METHODS or not request.scope["path"].startswith("/s/"):
        return
    # A browser that hides its origin calls it null.
    origin = request.headers.get("origin", "").partition("://")[2]
    is_own = origin != "" and origin == request.headers.get("host")
    if not is_own and request.headers.get("sec-fetch-site") != "same-origin":
        raise FromElsewhere("Please go back to the shop's own page, and send it from there.")
