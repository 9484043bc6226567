"""What a visitor may ask of a list, read leniently for pages: nonsense in an address shows the plain list."""

from typing import Annotated

from fastapi import Depends, Query

from api.catalog.views import Choice
from warehouse.readers.shapes import ProductSort

LAST_PAGE = 10_000


def lenient_choice(
    kind: str | None = None, category: str | None = None, sort: str | None = None, page: str | None = None
) -> Choice:
    number = int(page) if page and page.isdecimal() and len(page) < 6 else 1  # noqa: PLR2004 - no list is longer
    return Choice(kind or None, category or None, _sort(sort), max(1, number))


def strict_choice(
    kind: Annotated[str | None, Query(description="Sort of place, such as `museum`.", max_length=60)] = None,
    category: Annotated[str | None, Query(description="A category label of the product.", max_length=60)] = None,
    sort: ProductSort = ProductSort.POPULARITY,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> Choice:
    return Choice(kind, category, sort, page)


LenientChoice = Annotated[Choice, Depends(lenient_choice)]
StrictChoice = Annotated[Choice, Depends(strict_choice)]


def _sort(wanted: str | None) -> ProductSort:
    return next((sort for sort in ProductSort if sort == wanted), ProductSort.POPULARITY)
