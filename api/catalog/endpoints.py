"""The catalogue under /v1/shops/<slug>/ as JSON."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from api.catalog.choices import StrictChoice
from api.catalog.errors import CatalogPreparing, CityNotFound, CountryNotFound, PlaceNotFound, ProductGone
from api.catalog.schemas import (
    CalendarDayAnswer,
    CityAnswer,
    CountryAnswer,
    PlaceAnswer,
    ProductAnswer,
    ProductPage,
    ProductSummary,
    SearchAnswer,
)
from api.catalog.service import CatalogService
from api.local_day import LocalDay
from api.pages.rendering import KEPT
from api.problems import documented
from api.shops.current import CurrentShop
from api.shops.errors import ShopNotFound, ShopsUnreachable
from api.shops.shop import Shop
from api.wiring import catalog_service
from warehouse.readers.shapes import City, Place


def _kept(response: Response) -> None:
    response.headers["cache-control"] = KEPT


router = APIRouter(prefix="/v1/shops/{slug}", tags=["catalogue"], dependencies=[Depends(_kept)])

Service = Annotated[CatalogService, Depends(catalog_service)]
ProductRef = Annotated[str, Path(description="A product's id or slug.", max_length=200)]
LONGEST_CALENDAR = timedelta(days=370)
_ALWAYS = (ShopNotFound, ShopsUnreachable, CatalogPreparing)


@router.get("/countries", summary="Countries of a shop", responses=documented(*_ALWAYS))
async def countries(shop: CurrentShop, service: Service) -> list[CountryAnswer]:
    """By name; the counts are of what this shop offers."""
    found = await run_in_threadpool(lambda: service.of(shop).countries())
    return [CountryAnswer.of(country) for country in found]


@router.get("/cities", summary="Cities of a shop", responses=documented(*_ALWAYS, CountryNotFound))
async def cities(
    shop: CurrentShop,
    service: Service,
    country: Annotated[str | None, Query(description="A country's slug.", max_length=80)] = None,
) -> list[CityAnswer]:
    """With the most to sell first."""
    return [CityAnswer.of(city) for city in await run_in_threadpool(_cities, service, shop, country)]


@router.get("/cities/{city}", summary="A city", responses=documented(*_ALWAYS, CityNotFound))
async def city(shop: CurrentShop, service: Service, city: str) -> CityAnswer:
    return CityAnswer.of(await run_in_threadpool(lambda: service.of(shop).city(city)))


@router.get("/places", summary="Places of a city", responses=documented(*_ALWAYS, CityNotFound))
async def places(
    shop: CurrentShop,
    service: Service,
    city: Annotated[str, Query(description="A city's slug.", min_length=1, max_length=80)],
) -> list[PlaceAnswer]:
    """With the most to sell first."""
    return [PlaceAnswer.of(place) for place in await run_in_threadpool(_places, service, shop, city)]


@router.get("/places/{place}", summary="A place", responses=documented(*_ALWAYS, PlaceNotFound))
async def place(shop: CurrentShop, service: Service, place: str) -> PlaceAnswer:
    return PlaceAnswer.of(await run_in_threadpool(lambda: service.of(shop).place(place)))


@router.get("/products", summary="Products", responses=documented(*_ALWAYS, CityNotFound, PlaceNotFound))
async def products(
    shop: CurrentShop,
    service: Service,
    choice: StrictChoice,
    city: Annotated[str | None, Query(description="A city's slug.", max_length=80)] = None,
    place: Annotated[str | None, Query(description="A place's slug.", max_length=120)] = None,
) -> ProductPage:
    """Of a city, a place, or the whole shop, 24 at a time."""
    listing = await run_in_threadpool(lambda: service.listing(shop, choice, city=city, place=place))
    return ProductPage.of(listing)


@router.get("/products/{product}", summary="A product", responses=documented(*_ALWAYS, ProductGone))
async def product(shop: CurrentShop, service: Service, product: ProductRef) -> ProductAnswer:
    """Texts, pictures, options and their units. 410 where the shop does not sell it, or no longer."""
    return ProductAnswer.of_view(await run_in_threadpool(service.product, shop, product))


@router.get("/products/{product}/calendar", summary="Days of a product", responses=documented(*_ALWAYS, ProductGone))
async def calendar(
    shop: CurrentShop,
    service: Service,
    product: ProductRef,
    first: Annotated[LocalDay, Query(alias="from")],
    last: Annotated[LocalDay, Query(alias="to")],
) -> list[CalendarDayAnswer]:
    """Days the catalogue knows, both ends included, at most 370; any other day may still be asked for its slots."""
    until = min(last, first + LONGEST_CALENDAR)
    _, cells = await run_in_threadpool(service.calendar, shop, product, first, until)
    return [CalendarDayAnswer.of(cell) for cell in cells]


@router.get("/search", summary="Search a shop", responses=documented(*_ALWAYS))
async def search(
    shop: CurrentShop, service: Service, response: Response, q: Annotated[str, Query(min_length=1, max_length=80)]
) -> SearchAnswer:
    """The best few cities, places and products whose name contains the text; accents and case do not matter."""
    response.headers["cache-control"] = "no-store"
    found = await run_in_threadpool(service.search, shop, q)
    return SearchAnswer(
        cities=[CityAnswer.of(city) for city in found.cities],
        places=[PlaceAnswer.of(place) for place in found.places],
        products=[ProductSummary.of(card) for card in found.cards],
    )


def _cities(service: CatalogService, shop: Shop, country: str | None) -> tuple[City, ...]:
    catalog = service.of(shop)
    return catalog.cities(catalog.country(country).country_code if country else None)


def _places(service: CatalogService, shop: Shop, city: str) -> tuple[Place, ...]:
    catalog = service.of(shop)
    return catalog.places(catalog.city(city))
