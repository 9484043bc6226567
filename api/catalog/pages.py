"""The catalogue's pages, each one view of the service in one template: front, country, city, place, product, search."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.catalog import structured_data
from api.catalog.choices import LenientChoice
from api.catalog.service import CatalogService
from api.demand.sightings import city_seen, product_seen, search_seen
from api.pages.rendering import Crumb, Pages
from api.shops.current import CurrentShop
from api.wiring import catalog_service, renderer

router = APIRouter(prefix="/s/{slug}", include_in_schema=False)

Service = Annotated[CatalogService, Depends(catalog_service)]
PageRenderer = Annotated[Pages, Depends(renderer)]


@router.get("")
async def bare_front(request: Request, _shop: CurrentShop) -> Response:
    return RedirectResponse(f"{request.state.base_path}/", 308)


@router.get("/")
async def front(request: Request, shop: CurrentShop, service: Service, rendered: PageRenderer) -> HTMLResponse:
    view = await run_in_threadpool(service.front, shop)
    links = rendered.links(request)
    return rendered.shop_page(
        request, "catalog/front.html", view=view, path=links.front(), data=structured_data.front(shop, links)
    )


@router.get("/countries/{country}")
async def country(
    request: Request, shop: CurrentShop, country: str, service: Service, rendered: PageRenderer
) -> HTMLResponse:
    view = await run_in_threadpool(service.country, shop, country)
    links = rendered.links(request)
    crumbs = [Crumb(shop.name, links.front()), Crumb(view.country.name, links.country(view.country.slug))]
    return rendered.shop_page(
        request,
        "catalog/country.html",
        view=view,
        path=crumbs[-1].href,
        crumbs=crumbs,
        data=[structured_data.breadcrumbs(crumbs, links)],
    )


@router.get("/cities/{city}")
async def city(
    request: Request, shop: CurrentShop, city: str, choice: LenientChoice, service: Service, rendered: PageRenderer
) -> HTMLResponse:
    view = await run_in_threadpool(service.city, shop, city, choice)
    request.state.sighting = city_seen(view.city)
    links = rendered.links(request)
    crumbs = [
        Crumb(shop.name, links.front()),
        Crumb(view.city.country_name, links.country(view.city.country_slug)),
        Crumb(view.city.name, links.city(view.city.slug)),
    ]
    return rendered.shop_page(
        request,
        "catalog/city.html",
        view=view,
        path=crumbs[-1].href,
        crumbs=crumbs,
        data=[structured_data.breadcrumbs(crumbs, links), structured_data.item_list(view.listing, links)],
    )


@router.get("/places/{place}")
async def place(
    request: Request, shop: CurrentShop, place: str, choice: LenientChoice, service: Service, rendered: PageRenderer
) -> HTMLResponse:
    view = await run_in_threadpool(service.place, shop, place, choice)
    request.state.sighting = city_seen(view.city)
    links = rendered.links(request)
    crumbs = [
        Crumb(shop.name, links.front()),
        Crumb(view.city.country_name, links.country(view.city.country_slug)),
        Crumb(view.city.name, links.city(view.city.slug)),
        Crumb(view.place.name, links.place(view.place.slug)),
    ]
    return rendered.shop_page(
        request,
        "catalog/place.html",
        view=view,
        path=crumbs[-1].href,
        crumbs=crumbs,
        data=[structured_data.breadcrumbs(crumbs, links), structured_data.place(view, links)],
    )


@router.get("/tickets/{product}")
async def product(
    request: Request,
    shop: CurrentShop,
    product: str,
    service: Service,
    rendered: PageRenderer,
    month: str | None = None,
) -> HTMLResponse:
    view = await run_in_threadpool(service.product, shop, product, month)
    request.state.sighting = product_seen(view.product)
    links = rendered.links(request)
    crumbs = [
        Crumb(shop.name, links.front()),
        Crumb(view.city.country_name, links.country(view.city.country_slug)),
        Crumb(view.city.name, links.city(view.city.slug)),
        Crumb(view.product.place_name, links.place(view.product.place_slug)),
        Crumb(view.product.title, links.product(view.product.slug)),
    ]
    return rendered.shop_page(
        request,
        "catalog/product.html",
        view=view,
        path=crumbs[-1].href,
        crumbs=crumbs,
        data=[structured_data.breadcrumbs(crumbs, links), structured_data.product(view, shop, links)],
    )


@router.get("/search")
async def search(
    request: Request, shop: CurrentShop, service: Service, rendered: PageRenderer, q: str = ""
) -> HTMLResponse:
    view = await run_in_threadpool(service.search, shop, q)
    request.state.sighting = await run_in_threadpool(search_seen, view, service.city_named)
    links = rendered.links(request)
    # Whatever is typed is another address: keeping them would push real pages out.
    return rendered.shop_page(request, "catalog/search.html", is_kept=False, view=view, path=links.search(), data=[])
