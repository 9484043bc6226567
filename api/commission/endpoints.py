"""/staff/commission: what is owed to resellers, and payouts as they are recorded."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.accounts.errors import NotSignedIn
from api.commission.errors import OwedChanged, PayoutUndone, ReferenceMissing
from api.commission.service import CommissionService
from api.commission.views import PayoutWish
from api.errors import StatusCoded
from api.staff.endpoints import Changing, our_own, staff_page, to_sign_in
from api.wiring import Platform, commission_service, platform_of
from core.domain.money import Money

router = APIRouter(prefix="/staff/commission", include_in_schema=False)

PlatformParts = Annotated[Platform, Depends(platform_of)]
Service = Annotated[CommissionService, Depends(commission_service)]
PAGE = "/staff/commission"


@router.get("")
async def overview(request: Request, platform: PlatformParts, service: Service) -> Response:
    try:
        await our_own(request, platform)
    except NotSignedIn:
        return to_sign_in(PAGE)
    return await _shown(request, platform, service)


@router.post("/{reseller_id}")
async def record(  # noqa: PLR0913 - the fields of its form
    request: Request,
    platform: PlatformParts,
    service: Service,
    me: Changing,
    reseller_id: str,
    *,
    payout_id: Annotated[str, Form(pattern="^cpo_[0-9a-f]{32}$")],
    amount_minor: Annotated[int, Form(gt=0, lt=2**53)],
    currency: Annotated[str, Form(pattern="^[A-Z]{3}$")],
    precision: Annotated[int, Form(ge=0, le=4)],
    until: Annotated[datetime, Form()],
    reference: Annotated[str, Form(max_length=140)] = "",
) -> Response:
    amount = Money(amount_minor, currency, precision)
    try:
        await service.record(PayoutWish(payout_id, reseller_id, amount, until, reference.strip()), me.account_id)
    except (ReferenceMissing, OwedChanged, PayoutUndone) as problem:
        # With what is owed now, to go on from.
        return await _shown(request, platform, service, problem)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


@router.post("/{reseller_id}/{payout_id}/undo")
async def undo(service: Service, me: Changing, reseller_id: str, payout_id: str) -> Response:
    await service.undo(reseller_id, payout_id, me.account_id)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


async def _shown(
    request: Request, platform: Platform, service: CommissionService, problem: StatusCoded | None = None
) -> Response:
    page = staff_page(request, platform, "commission/overview.html", view=await service.overview(), problem=problem)
    page.status_code = problem.status_code if problem else HTTPStatus.OK
    return page
