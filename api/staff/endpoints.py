"""/staff: the pages of our own people, behind their sign-in; every form carries the token of /sign-in."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.accounts.cookies import session_token
from api.accounts.errors import NotSignedIn
from api.accounts.form_token import check_form, form_token, remember_form_token
from api.accounts.schemas import Me
from api.staff.errors import NoSuchPage, ReasonMissing
from api.staff.service import StaffService
from api.staff.views import Gift, GiftReason
from api.wiring import Platform, platform_of, staff_service
from core.domain.roles import AccountRole

router = APIRouter(prefix="/staff", include_in_schema=False)

PlatformParts = Annotated[Platform, Depends(platform_of)]
Service = Annotated[StaffService, Depends(staff_service)]


async def our_own(request: Request, platform: PlatformParts) -> Me:
    """Who of our people asks. NotSignedIn; NoSuchPage for everybody else."""
    me = await platform.accounts.me(session_token(request))
    if me.role is not AccountRole.STAFF:
        raise NoSuchPage("There is no such page.")
    return me


async def our_form(
    request: Request, me: Annotated[Me, Depends(our_own)], form_token: Annotated[str, Form()] = ""
) -> Me:
    check_form(request, form_token)
    return me


Changing = Annotated[Me, Depends(our_form)]


@router.get("")
async def overview(request: Request, platform: PlatformParts, service: Service) -> Response:
    try:
        await our_own(request, platform)
    except NotSignedIn:
        return to_sign_in("/staff")
    view = await service.overview(has_mail_server=platform.settings.smtp_url is not None)
    return staff_page(request, platform, "staff/overview.html", view=view)


@router.get("/orders")
async def find(reference: str = "") -> Response:
    wanted = reference.strip().upper()
    return _to(f"/staff/orders/{quote(wanted, safe='')}" if wanted else "/staff")


@router.get("/orders/{reference}")
async def order(request: Request, platform: PlatformParts, service: Service, reference: str) -> Response:
    try:
        await our_own(request, platform)
    except NotSignedIn:
        return to_sign_in(f"/staff/orders/{quote(reference, safe='')}")
    file = await service.file(reference)
    return staff_page(request, platform, "staff/order.html", file=file, reasons=GiftReason)


@router.post("/orders/{reference}/wake")
async def wake(service: Service, me: Changing, reference: str) -> Response:
    await service.wake(reference, me.account_id)
    return _to(_order(reference))


@router.post("/orders/{reference}/resend")
async def send_again(service: Service, me: Changing, reference: str) -> Response:
    await service.send_again(reference, me.account_id)
    return _to(_order(reference))


@router.post("/orders/{reference}/items/{order_item_id}/refund")
async def give(
    service: Service,
    me: Changing,
    reference: str,
    order_item_id: str,
    *,
    why: Annotated[str, Form()] = "",
    note: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    if why not in GiftReason.__members__:
        raise ReasonMissing("Choose why the money is given back.")
    gift = Gift(GiftReason[why], note.strip() or None)
    if gift.why is GiftReason.OTHER and gift.note is None:
        raise ReasonMissing("Write down why the money is given back.")
    await service.give(reference, order_item_id, gift, me.account_id)
    return _to(_order(reference))


@router.post("/jobs/{job_id}/retry")
async def retry(service: Service, me: Changing, job_id: int) -> Response:
    await service.retry(job_id, me.account_id)
    return _to("/staff")


def staff_page(request: Request, platform: Platform, template: str, **view: object) -> Response:
    token = form_token(request)
    page = platform.pages.platform_page(template, form_token=token, **view)
    page.headers["x-robots-tag"] = "noindex, nofollow"
    remember_form_token(page, token, is_secure=platform.door.is_secure)
    return page


def _order(reference: str) -> str:
    return f"/staff/orders/{quote(reference, safe='')}"


def _to(address: str) -> Response:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def to_sign_in(back: str) -> Response:
    return _to(f"/sign-in?return_to={quote(back, safe='')}")
