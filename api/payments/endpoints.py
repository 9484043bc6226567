"""Where Stripe tells us that something happened. POST /webhooks/stripe -> 200 once it is kept"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.payments.service import StripeEventService
from api.wiring import stripe_event_service

router = APIRouter(include_in_schema=False)


@router.post("/webhooks/stripe")
async def stripe_webhook(
    request: Request, events: Annotated[StripeEventService, Depends(stripe_event_service)]
) -> Response:
    """The signature is of the bytes as they came, so that nothing may parse them first."""
    await events.receive(await request.body(), request.headers.get("stripe-signature", ""))
    return Response(status_code=HTTPStatus.OK)
