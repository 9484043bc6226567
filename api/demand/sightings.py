"""What a page tells of itself, to be counted each time it is seen. catalogue views -> Sighting

An endpoint leaves it in `request.state.sighting`; the page cache keeps it beside the page.
"""

from collections.abc import Callable
from typing import NamedTuple

from api.catalog.views import SearchView
from core.domain.demand import DemandKind
from warehouse.readers.shapes import MOST_FOUND, City, NamedCity, Place, Product


class Sighting(NamedTuple):
    """What was seen; a key that does not apply is empty. Nothing that anybody typed is in it."""

    kind: DemandKind
    country_code: str = ""
    city_id: str = ""
    product_id: str = ""


def city_seen(city: City) -> Sighting:
    """A page of the city itself, or of a place in it."""
    return Sighting(DemandKind.VISIT_CITY, city.country_code, city.city_id)


def product_seen(product: Product) -> Sighting:
    return Sighting(DemandKind.VISIT_PRODUCT, product.country_code, product.city_id, product.product_id)


def search_seen(view: SearchView, city_named: Callable[[str], NamedCity | None]) -> Sighting | None:
    """None where nothing was asked. The text is resolved to the city it means, and forgotten.

    A city that bears the name is meant: one that the shop found, or else one of the world. Where none does, a place of
    the name may say which; tickets do not, as words of their titles are found everywhere.
    """
    if not view.text:
        return None
    kind = DemandKind.EMPTY_SEARCH if view.is_empty else DemandKind.SEARCH
    own = next((city for city in view.cities if city.name.casefold() == view.text.casefold()), None)
    meant = own or city_named(view.text) or _only_city(view)
    return Sighting(kind, meant.country_code, meant.city_id) if meant else Sighting(kind)


def _only_city(view: SearchView) -> City | Place | None:
    """What stands for the one city that all that was found is in; None where a full list may have cut others off."""
    found: tuple[City | Place, ...] = (*view.cities, *view.places)
    is_one = len({one.city_id for one in found}) == 1
    return found[0] if is_one and max(len(view.cities), len(view.places)) < MOST_FOUND else None
