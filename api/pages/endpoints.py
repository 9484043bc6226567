"""What belongs to the platform rather than to one shop: its front, its static files, its robots."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from starlette.responses import HTMLResponse, PlainTextResponse

from api.errors import NotFound
from api.pages.assets import FOREVER
from api.wiring import Platform, platform_of

router = APIRouter(include_in_schema=False)
PlatformParts = Annotated[Platform, Depends(platform_of)]


@router.get("/")
async def front(platform: PlatformParts) -> HTMLResponse:
    return platform.pages.platform_page("pages/platform.html")


@router.get("/robots.txt")
async def robots() -> PlainTextResponse:
    return PlainTextResponse("User-agent: *\nDisallow: /s/*/search\nDisallow: /s/*/tickets/*/\n")


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Browsers ask for it unasked; a shop's own icon is its logo."""
    return Response(status_code=204, headers={"cache-control": "public, max-age=86400"})


@router.get("/static/{name}")
async def static(name: str, platform: PlatformParts) -> Response:
    """Only today's files: a page that asks for another fingerprint is older than this process."""
    assets = platform.assets
    href = f"/static/{name}"
    if href in assets.scripts:
        return Response(assets.scripts[href], headers={"cache-control": FOREVER}, media_type="text/javascript")
    if href == assets.platform_style_href:
        return Response(assets.style(None).css, headers={"cache-control": FOREVER}, media_type="text/css")
    raise NotFound("There is no such file.")
