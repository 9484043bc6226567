"""Buying as JSON. Nothing here is done by cookie: the order's secret travels in the Authorization header."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.availability.errors import AvailabilityUnknown, DayIsOver, DayNotOnSale, SlotGone
from api.catalog.errors import CatalogPreparing, ProductGone
from api.checkout.cookies import LONGEST_SECRET
from api.checkout.empty_orders import network
from api.checkout.errors import (
    BuyerRefused,
    CartFull,
    HoldRefused,
    OrderUnknown,
    OtherCurrency,
    PriceChanged,
    SoldOut,
    TicketsRefused,
    TooManyOrders,
)
from api.checkout.rendering import CheckoutPages
from api.checkout.schemas import BuyerRequest, CartAnswer, CheckoutAnswer, ItemAnswer, ItemRequest, OrderMade
from api.checkout.service import CheckoutService
from api.checkout.views import Cart
from api.pages.rendering import NEVER_KEPT
from api.problems import documented
from api.sale.errors import CartClosed, CartEmpty, HoldGone, OrderNotFound, PaymentsDown
from api.shops.current import CurrentShop
from api.shops.errors import ShopNotFound, ShopsUnreachable
from api.wiring import checkout_service


def _never_kept(response: Response) -> None:
    response.headers["cache-control"] = NEVER_KEPT


router = APIRouter(prefix="/v1/shops/{slug}/orders", tags=["checkout"], dependencies=[Depends(_never_kept)])
own_router = APIRouter(prefix="/v1/shops/{slug}/orders/{order_id}", tags=["checkout"], dependencies=router.dependencies)

Service = Annotated[CheckoutService, Depends(checkout_service)]
Network = Annotated[str, Depends(network)]
OrderId = Annotated[str, Path(max_length=64, examples=["ord_0198f6"])]
bearer = HTTPBearer(auto_error=False, scheme_name="OrderSecret", description="What making the order answered.")
Sent = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
_ALWAYS: Final = (ShopNotFound, ShopsUnreachable)
_OWN: Final = (*_ALWAYS, OrderUnknown)


async def own_cart(shop: CurrentShop, order_id: OrderId, service: Service, sent: Sent) -> Cart:
    """The order in the address, if the secret is its own: OrderUnknown says no more than that."""
    secret = sent.credentials if sent and len(sent.credentials) <= LONGEST_SECRET else None
    found = await service.cart(shop, secret)
    if found is None or found.key.order_id != order_id:
        raise OrderUnknown("Send the order's secret as `Authorization: Bearer ...`.")
    return found


OwnCart = Annotated[Cart, Depends(own_cart)]


@router.post("", status_code=HTTPStatus.CREATED, summary="Make an order", responses=documented(*_ALWAYS, TooManyOrders))
async def make_order(shop: CurrentShop, service: Service, caller: Network) -> OrderMade:
    """An empty one; it takes the currency of the first tickets that are put in."""
    service.empty_orders.count(caller)
    made = await service.make(shop)
    return OrderMade(order_id=made.key.order_id, reference=made.reference, secret=made.secret)


@own_router.get("/items", summary="What an order holds", responses=documented(*_OWN))
async def order_items(cart: OwnCart) -> CartAnswer:
    return CartAnswer.of(cart)


@own_router.post(
    "/items",
    status_code=HTTPStatus.CREATED,
    summary="Have tickets held",
    responses=documented(
        *(*_OWN, CatalogPreparing, ProductGone, DayIsOver, DayNotOnSale, SlotGone, AvailabilityUnknown),
        *(TicketsRefused, SoldOut, PriceChanged, HoldRefused, CartFull, CartClosed, OtherCurrency),
    ),
)
async def add_item(
    shop: CurrentShop, cart: OwnCart, wanted: ItemRequest, service: Service, caller: Network
) -> ItemAnswer:
    """The supplier is asked now, at its prices of now, and holds the tickets until `held_until`."""
    if not cart.is_open:
        raise CartClosed("This order has been placed. Make another one.")
    added = await service.add(shop, cart.secret, wanted.wish(cart.key.order_id))
    service.empty_orders.forget(caller)
    return ItemAnswer.of(await service.item(shop, cart.secret, added.order_item_id))


@own_router.delete(
    "/items/{order_item_id}",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Let tickets go",
    responses=documented(*_OWN, OrderNotFound, CartClosed),
)
async def remove_item(
    shop: CurrentShop, cart: OwnCart, order_item_id: Annotated[str, Path(max_length=64)], service: Service
) -> None:
    await service.remove(shop, cart.secret, order_item_id)


@own_router.post(
    "/checkout",
    summary="Pay, or place a free order",
    responses=documented(*_OWN, BuyerRefused, CartEmpty, HoldGone, PaymentsDown, CartClosed),
)
async def check_out(
    shop: CurrentShop,
    cart: OwnCart,
    buyer: BuyerRequest,
    service: Service,
    answers: Annotated[CheckoutPages, Depends(CheckoutPages)],
) -> CheckoutAnswer:
    """Asked again it answers the same page. The buyer comes back from it to the shop's own pages."""
    step = await service.check_out(shop, cart.secret, buyer.typed(), answers.payment_page(shop, cart.secret))
    after = await service.cart(shop, cart.secret)
    return CheckoutAnswer(status=after.status if after else cart.status, payment_url=step.payment_url)
