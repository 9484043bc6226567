"""The order's page under its secret link, and what is done from there; all of it works without script."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.orders.service import OrderService
from api.pages.rendering import Pages
from api.sale.errors import OrderNotFound
from api.shops.current import CurrentShop
from api.tickets import calendar_file, document
from api.wiring import Platform, order_service, platform_of, renderer
from core.domain.sale import OrderStatus

router = APIRouter(prefix="/s/{slug}/orders/{secret}", include_in_schema=False)

Service = Annotated[OrderService, Depends(order_service)]
PageRenderer = Annotated[Pages, Depends(renderer)]
PlatformParts = Annotated[Platform, Depends(platform_of)]
_IN_CART = (OrderStatus.OPEN, OrderStatus.EXPIRED)


@router.get("")
async def order_page(
    request: Request, shop: CurrentShop, secret: str, service: Service, rendered: PageRenderer, looks: int = 0
) -> Response:
    """`looks` counts how often the page has refreshed itself."""
    view = await service.view(shop, secret)
    if view.status in _IN_CART:
        return RedirectResponse(rendered.links(request).cart(), HTTPStatus.SEE_OTHER)
    template = "orders/paying.html" if view.status is OrderStatus.PAYING else "orders/order.html"
    return rendered.shop_page(request, template, is_kept=False, order=view, looks=max(looks, 0))


@router.get("/tickets.pdf")
async def tickets_pdf(
    request: Request, shop: CurrentShop, secret: str, service: Service, rendered: PageRenderer
) -> Response:
    issued = await service.issued(shop, secret, _address(request, rendered, secret))
    content = await run_in_threadpool(document.ticket_pdf, issued)
    return _file(content, document.MEDIA_TYPE, f"{issued.reference}.pdf")


@router.get("/calendar.ics")
async def calendar(
    request: Request, shop: CurrentShop, secret: str, service: Service, rendered: PageRenderer, platform: PlatformParts
) -> Response:
    issued = await service.issued(shop, secret, _address(request, rendered, secret))
    return _file(
        calendar_file.calendar_file(issued, platform.clock()), calendar_file.MEDIA_TYPE, f"{issued.reference}.ics"
    )


@router.post("/resend")
async def send_again(
    request: Request, shop: CurrentShop, secret: str, service: Service, rendered: PageRenderer
) -> Response:
    await service.send_again(shop, secret)
    return RedirectResponse(f"{rendered.links(request).order(secret)}#mail", HTTPStatus.SEE_OTHER)


@router.get("/items/{order_item_id}/cancel")
async def cancel_page(
    request: Request, shop: CurrentShop, secret: str, order_item_id: str, service: Service, rendered: PageRenderer
) -> Response:
    """What cancelling brings, before it is done; or why it cannot be done."""
    view = await service.view(shop, secret)
    item = next((one for one in view.items if one.booking.item_id == order_item_id), None)
    if item is None:
        raise OrderNotFound("This order has no such tickets.")
    return rendered.shop_page(request, "orders/cancel.html", is_kept=False, order=view, item=item)


@router.post("/items/{order_item_id}/cancel")
async def cancel(
    request: Request, shop: CurrentShop, secret: str, order_item_id: str, service: Service, rendered: PageRenderer
) -> Response:
    await service.cancel(shop, secret, order_item_id)
    return RedirectResponse(rendered.links(request).order(secret), HTTPStatus.SEE_OTHER)


def _address(request: Request, rendered: Pages, secret: str) -> str:
    links = rendered.links(request)
    return links.canonical(links.order(secret))


def _file(content: bytes, media_type: str, name: str) -> Response:
    """`inline`, so that a phone shows the tickets rather than hiding them in a folder."""
    return Response(content, media_type=media_type, headers={"content-disposition": f'inline; filename="{name}"'})
