"""The shop of a request, as endpoints ask for it."""

from typing import Annotated

from fastapi import Depends, Path, Request

from api.errors import StatusCoded
from api.shops.errors import ShopNotFound
from api.shops.shop import Shop


def current_shop(
    request: Request,
    slug: Annotated[str, Path(description="The shop's short name, as in its address.", examples=["canal-house"])],
) -> Shop:
    """The shop the resolver found; ShopNotFound, or what kept the resolver from knowing."""
    problem: StatusCoded | None = request.state.shop_problem
    if problem is not None:
        raise problem
    shop: Shop | None = request.state.shop
    if shop is None or shop.slug != slug:
        raise ShopNotFound(f"No shop is called {slug}.")
    return shop


CurrentShop = Annotated[Shop, Depends(current_shop)]
