"""A sale at the payment page: the draft we send and the buyer who pays it. StripeGateway + forms -> StripeSession"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from api.payments.gateway import StripeGateway
from api.payments.shapes import SessionDraft, SessionLine, StripePayment, StripeSession
from core.domain.money import Money
from core.settings import Settings
from tests.fixtures.sandbox import RunningSandbox
from tests.sandbox.stripe.shopkeeper import decide, go_to_bank, pay

ADULTS = SessionLine("Canal tour, adult", "3 June 2027, 10:00", 2, Money(2000, "EUR"))
CHILD = SessionLine("Canal tour, child", "3 June 2027, 10:00", 1, Money(500, "EUR"))
BUYER = "ada@example.org"
ORDER = {"order_id": "ord_1", "reseller_id": "rsl_1"}

NOT_SET_UP = Settings(_env_file=None, stripe_key=None, stripe_webhook_secret=None, stripe_url=None)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def draft(payment_id: str = "pay_1", *lines: SessionLine, captures_later: bool = False) -> SessionDraft:
    return SessionDraft(
        payment_id=payment_id,
        **ORDER,
        lines=lines or (ADULTS, CHILD),
        buyer_email=BUYER,
        success_url="https://shop.example/done",
        cancel_url="https://shop.example/cart",
        expires_at=datetime.now(UTC) + timedelta(minutes=40),
        locale="nl_NL",
        captures_later=captures_later,
    )


@dataclass(frozen=True)
class Till:
    gateway: StripeGateway
    sandbox: RunningSandbox

    async def paid(self, payment_id: str = "pay_1", *, captures_later: bool = False) -> StripePayment:
        """What Stripe knows after the buyer's card worked."""
        session = await self.gateway.open_session(draft(payment_id, captures_later=captures_later))
        pay(session.url)
        return await self.payment(session)

    async def paid_by_bank(self, payment_id: str = "pay_1", *, captures_later: bool = False) -> StripePayment:
        session = await self.gateway.open_session(draft(payment_id, captures_later=captures_later))
        decide(go_to_bank(session.url), "approve")
        return await self.payment(session)

    async def payment(self, session: StripeSession) -> StripePayment:
        found = (await self.gateway.session(session.session_id)).payment
        assert found is not None
        return found

    def kept(self, kind: str) -> list[dict[str, Any]]:
        """What Stripe has of a kind, past our gateway."""
        url = f"{self.sandbox.stripe_url}/v1/{kind}"
        return httpx.get(url, auth=(self.sandbox.stripe.api_key, ""), timeout=10).json()["data"]


def page(session: StripeSession) -> str:
    return httpx.get(str(session.url), timeout=10).text
