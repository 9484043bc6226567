"""A day of a product, as a page and as JSON; both ask the supplier when they are opened and are never kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.responses import HTMLResponse

from api.availability.errors import AvailabilityUnknown, DayIsOver, DayNotOnSale
from api.availability.schemas import DaySlots
from api.availability.service import AvailabilityService
from api.catalog.errors import CatalogPreparing, ProductGone
from api.local_day import LocalDay
from api.pages.rendering import NEVER_KEPT, Crumb, Pages
from api.problems import documented
from api.shops.current import CurrentShop
from api.shops.errors import ShopNotFound, ShopsUnreachable
from api.wiring import availability_service, renderer

page_router = APIRouter(prefix="/s/{slug}", include_in_schema=False)
json_router = APIRouter(prefix="/v1/shops/{slug}", tags=["availability"])

Service = Annotated[AvailabilityService, Depends(availability_service)]


@page_router.get("/tickets/{product}/{day}")
async def day_page(
    request: Request,
    shop: CurrentShop,
    product: str,
    day: str,
    service: Service,
    rendered: Annotated[Pages, Depends(renderer)],
) -> HTMLResponse:
    view = await service.day(shop, product, day)
    links = rendered.links(request)
    crumbs = [
        Crumb(shop.name, links.front()),
        Crumb(view.city.name, links.city(view.city.slug)),
        Crumb(view.product.title, links.product(view.product.slug)),
    ]
    return rendered.shop_page(
        request,
        "availability/day.html",
        is_kept=False,
        view=view,
        path=links.day(view.product.slug, view.day),
        crumbs=crumbs,
        data=[],
    )


@json_router.get(
    "/products/{product}/slots",
    summary="Times and prices of a day",
    responses=documented(
        ShopNotFound, ShopsUnreachable, CatalogPreparing, ProductGone, DayNotOnSale, DayIsOver, AvailabilityUnknown
    ),
)
async def day_slots(
    shop: CurrentShop,
    service: Service,
    response: Response,
    product: Annotated[str, Path(description="A product's id or slug.", max_length=200)],
    day: Annotated[LocalDay, Query(alias="date", description="A local day of the place.")],
) -> DaySlots:
    """Asked of the supplier now, else what the catalogue last knew; each option says how old it is."""
    response.headers["cache-control"] = NEVER_KEPT
    view = await service.day(shop, product, day.isoformat())
    if view.is_unknown:
        raise AvailabilityUnknown("The supplier does not answer, and the catalogue knows no times of this day.")
    return DaySlots.of(view)
