"""The pages of a purchase: choose tickets, cart, pay. Every form works without script and keeps what was typed."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.availability.errors import AvailabilityUnknown, SlotGone
from api.checkout.cookies import cart_secret
from api.checkout.errors import TicketsRefused
from api.checkout.forms import MOST_FIELDS, buyer_of, nonce_of, quantities_of, text_of, typed_quantities, wish_of
from api.checkout.rendering import CheckoutPages
from api.checkout.service import CheckoutService
from api.errors import StatusCoded
from api.sale.errors import CartClosed, CartEmpty, Conflict, OrderNotFound
from api.shops.current import CurrentShop
from api.shops.shop import Shop
from api.wiring import checkout_service

router = APIRouter(prefix="/s/{slug}", include_in_schema=False)

Service = Annotated[CheckoutService, Depends(checkout_service)]
Answers = Annotated[CheckoutPages, Depends(CheckoutPages)]
SPARE_FIELDS: Final = 20


async def sent_form(request: Request) -> FormData:
    return await request.form(max_fields=MOST_FIELDS + SPARE_FIELDS, max_files=0)


Form = Annotated[FormData, Depends(sent_form)]


@router.get("/tickets/{product}/{day}/{slot}")
async def choose(  # noqa: PLR0913, PLR0917 - one for each part of the address
    request: Request, shop: CurrentShop, product: str, day: str, slot: str, service: Service, answers: Answers
) -> Response:
    try:
        choice = await service.choice(shop, product, day, slot)
    except (SlotGone, AvailabilityUnknown) as problem:
        return answers.not_on_sale(problem, product, day)
    return answers.choice(choice, typed_quantities(dict(request.query_params)))


@router.post("/cart")
async def add(request: Request, shop: CurrentShop, form: Form, service: Service, answers: Answers) -> Response:
    typed = typed_quantities(form)
    try:
        wish = wish_of(form, quantities_of(typed))
        added = await service.add(shop, cart_secret(request), wish)
    except (SlotGone, AvailabilityUnknown) as problem:
        return answers.not_on_sale(problem, text_of(form, "product"), text_of(form, "day"))
    except (TicketsRefused, Conflict) as problem:
        return await _choose_again(shop, form, problem, service, answers)
    return answers.with_cart(added.secret)


@router.get("/cart")
async def cart(
    request: Request,
    shop: CurrentShop,
    service: Service,
    answers: Answers,
    removed: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    secret = cart_secret(request)
    taken_out = await service.removed(shop, secret, removed) if removed else None
    return answers.cart(await service.cart(shop, secret), removed=taken_out)


@router.post("/cart/items/{order_item_id}/remove")
async def remove(
    request: Request, shop: CurrentShop, order_item_id: str, service: Service, answers: Answers
) -> Response:
    try:
        item = await service.remove(shop, cart_secret(request), order_item_id)
    except (OrderNotFound, CartEmpty):
        return answers.go_to(answers.links.cart())
    except CartClosed as problem:
        return answers.cart(await service.cart(shop, cart_secret(request)), problem=problem)
    return answers.go_to(answers.links.cart(removed=item.order_item_id if item.standing.may_be_had else ""))


@router.get("/checkout")
@router.get("/checkout/change")
async def back_to_cart(_shop: CurrentShop, answers: Answers) -> Response:
    """Whoever opens the address of a form again finds what the form is about."""
    return answers.go_to(answers.links.cart())


@router.post("/checkout")
async def check_out(request: Request, shop: CurrentShop, form: Form, service: Service, answers: Answers) -> Response:
    secret, typed = cart_secret(request), buyer_of(form)
    try:
        step = await service.check_out(shop, secret, typed, answers.payment_page(shop, secret or ""))
    except StatusCoded as problem:
        return answers.cart(await service.cart(shop, secret), typed, problem=problem)
    return answers.go_to(step.payment_url or answers.links.order(step.secret))


@router.post("/checkout/change")
async def change(request: Request, shop: CurrentShop, service: Service, answers: Answers) -> Response:
    """The buyer wants to change what he was about to pay for; who has paid meanwhile is shown his order."""
    secret = cart_secret(request)
    try:
        changed = await service.change(shop, secret)
    except StatusCoded as problem:
        return answers.cart(await service.cart(shop, secret), problem=problem)
    return answers.go_to(answers.links.cart() if changed.is_open else answers.links.order(changed.secret))


async def _choose_again(
    shop: Shop, form: FormData, problem: StatusCoded, service: CheckoutService, answers: CheckoutPages
) -> Response:
    product, day = text_of(form, "product"), text_of(form, "day")
    try:
        choice = await service.choice(shop, product, day, text_of(form, "slot"))
    except (SlotGone, AvailabilityUnknown) as worse:
        return answers.not_on_sale(worse, product, day)
    return answers.choice(choice, typed_quantities(form), nonce=nonce_of(form), problem=problem)
