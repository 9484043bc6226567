"""What belongs to the shop itself rather than to its catalogue: style, logo, robots, and the shop as JSON."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse

from api.catalog.service import CatalogService
from api.errors import NotFound
from api.pages.assets import FOREVER
from api.problems import documented
from api.shops.current import CurrentShop
from api.shops.errors import ShopNotFound, ShopsUnreachable
from api.shops.schemas import ShopAnswer
from api.shops.sitemap import sitemap_xml
from api.wiring import Platform, catalog_service, platform_of

page_router = APIRouter(prefix="/s/{slug}", include_in_schema=False)
json_router = APIRouter(prefix="/v1/shops/{slug}", tags=["shop"])

REVALIDATED: Final = "public, no-cache"


@page_router.get("/style-{fingerprint}.css")
async def style(shop: CurrentShop, fingerprint: str, platform: Annotated[Platform, Depends(platform_of)]) -> Response:
    """An older page may still ask for an older style: it gets today's, and keeps it for no longer than that page."""
    sheet = platform.assets.style(shop.branding)
    kept = FOREVER if fingerprint == sheet.fingerprint else REVALIDATED
    return Response(sheet.css, headers={"cache-control": kept}, media_type="text/css")


@page_router.get("/logo-{revision}")
async def logo(shop: CurrentShop, revision: int, platform: Annotated[Platform, Depends(platform_of)]) -> Response:
    found = await platform.shops.logo(shop)
    if found is None:
        raise NotFound("This shop has no logo.")
    kept = FOREVER if revision == shop.revision else REVALIDATED
    return Response(found.content, headers={"cache-control": kept}, media_type=found.media_type)


@page_router.get("/robots.txt")
async def robots(request: Request, _shop: CurrentShop, platform: Annotated[Platform, Depends(platform_of)]) -> Response:
    """Dates and searches are endless, and not worth a crawler's time."""
    links = platform.pages.links(request)
    sitemap = links.canonical(f"{links.base}/sitemap.xml")
    text = f"User-agent: *\nDisallow: {links.base}/search\nDisallow: {links.base}/tickets/*/\nSitemap: {sitemap}\n"
    return PlainTextResponse(text, headers={"cache-control": REVALIDATED})


@page_router.get("/sitemap.xml")
async def sitemap(
    request: Request,
    shop: CurrentShop,
    platform: Annotated[Platform, Depends(platform_of)],
    catalog: Annotated[CatalogService, Depends(catalog_service)],
) -> Response:
    text = await run_in_threadpool(sitemap_xml, catalog, shop, platform.pages.links(request))
    return Response(text, headers={"cache-control": REVALIDATED}, media_type="application/xml")


@json_router.get("", summary="A shop", responses=documented(ShopNotFound, ShopsUnreachable))
async def shop_answer(shop: CurrentShop, response: Response) -> ShopAnswer:
    """Name, look, texts and area of an open shop."""
    response.headers["cache-control"] = REVALIDATED
    return ShopAnswer.of(shop)
