"""An order under /v1/shops/<slug>/order as JSON, for whoever sends its secret as a bearer token."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.orders.errors import NoTicketsYet, SecretMissing
from api.orders.schemas import OrderAnswer
from api.orders.service import OrderService
from api.pages.rendering import Pages
from api.problems import documented
from api.sale.errors import NotCancellable, OrderNotFound
from api.shops.current import CurrentShop
from api.shops.errors import ShopNotFound, ShopsUnreachable
from api.tickets import document
from api.wiring import order_service, renderer

router = APIRouter(prefix="/v1/shops/{slug}/order", tags=["order"])

_bearer = HTTPBearer(auto_error=False, description="The order's secret, as in the address of its page.")
_ALWAYS = (ShopNotFound, ShopsUnreachable, SecretMissing, OrderNotFound)


def _secret(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if sent is None:
        raise SecretMissing("Send the order's secret: `Authorization: Bearer <secret>`.")
    return sent.credentials


Secret = Annotated[str, Depends(_secret)]
Service = Annotated[OrderService, Depends(order_service)]


@router.get("", summary="An order", responses=documented(*_ALWAYS))
async def order(shop: CurrentShop, secret: Secret, service: Service) -> OrderAnswer:
    """How far it is, its tickets, and what was sent back and why."""
    return OrderAnswer.of(await service.view(shop, secret))


@router.get(
    "/tickets.pdf",
    summary="The tickets to print",
    response_class=Response,
    responses=documented(*_ALWAYS, NoTicketsYet) | {200: {"content": {document.MEDIA_TYPE: {}}}},
)
async def tickets_pdf(
    request: Request,
    shop: CurrentShop,
    secret: Secret,
    service: Service,
    rendered: Annotated[Pages, Depends(renderer)],
) -> Response:
    links = rendered.links(request)
    issued = await service.issued(shop, secret, links.canonical(links.order(secret)))
    content = await run_in_threadpool(document.ticket_pdf, issued)
    return Response(content, media_type=document.MEDIA_TYPE)


@router.post("/items/{order_item_id}/cancel", summary="Cancel an item", responses=documented(*_ALWAYS, NotCancellable))
async def cancel(
    shop: CurrentShop,
    secret: Secret,
    service: Service,
    order_item_id: Annotated[str, Path(description="As the order names it.", max_length=80)],
) -> OrderAnswer:
    """By the terms shown. The supplier is asked after the answer: look at the order again for its refund."""
    await service.cancel(shop, secret, order_item_id)
    return OrderAnswer.of(await service.view(shop, secret))
