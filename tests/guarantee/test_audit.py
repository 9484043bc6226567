"""The audit of the trial finds what it is there for: each break is made on purpose, and named."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest

from core.db.addresses import Database, database_url
from core.domain.ports import HoldRequest
from tests.fixtures.sales import Desk
from tests.guarantee.audit import Audit
from tests.sandbox.stripe.shopkeeper import Shopkeeper

REFUND = """
  SELECT r.refund_id, r.stripe_refund_id, r.amount_minor, p.intent_id, r.order_item_id
  FROM refund AS r JOIN payment AS p USING (payment_id)
"""


@pytest.fixture
async def sold(desk) -> Desk:
    """Two sales at rest: one with tickets, and one of which half was cancelled."""
    kept, _ = await desk.paid()
    cancelled, [item, _] = await desk.paid(items=2)
    for key in (kept, cancelled):
        await desk.settle(key)
    await desk.platform.sales.request_cancellation(cancelled, item)
    await desk.settle(cancelled)
    return desk


async def test_each_kind_of_break_is_found(sold):
    assert Audit(sold).broken() == []
    for name, (break_it, expected) in BREAKS.items():
        before = set(Audit(sold).broken())
        await break_it(sold)
        found = set(Audit(sold).broken()) - before
        assert any(expected in sentence for sentence in found), (name, found)


async def _orphan_hold(desk: Desk) -> None:
    chosen = desk.on_sale
    provider = desk.platform.providers[chosen.connection_id]
    places = (chosen.slot.provider_availability_id, (chosen.unit_id,), 30)
    await provider.reserve(HoldRequest(uuid4(), chosen.option, *places, "TQ-ORPHAN"))


async def _ticket_lost(desk: Desk) -> None:
    _as_owner(desk, "DELETE FROM ticket WHERE order_item_id = (SELECT order_item_id FROM ticket ORDER BY 1 LIMIT 1)")


async def _booking_lost(desk: Desk) -> None:
    """The supplier cancels what the buyer has tickets for."""
    [(item,)] = desk.rows("SELECT order_item_id FROM order_item WHERE state = 'CONFIRMED' ORDER BY 1 DESC LIMIT 1")
    await desk.let_provider_forget(str(item))


async def _refunded_twice(desk: Desk) -> None:
    [(refund_id, _, minor, intent_id, _)] = desk.rows(REFUND)
    again = {"payment_intent": intent_id, "amount": minor, "metadata": {"refund_id": refund_id}}
    Shopkeeper(desk.sandbox).api.refunds.create(again)


async def _refund_lost_at_stripe(desk: Desk) -> None:
    """Both of them."""
    for refund in Shopkeeper(desk.sandbox).api.refunds.list().data:
        desk.sandbox.lose(refund.id)


async def _refund_never_asked(desk: Desk) -> None:
    _as_owner(desk, "DELETE FROM refund")


async def _posting_lost(desk: Desk) -> None:
    _as_owner(desk, "DELETE FROM ledger_posting WHERE entry LIKE 'sale:%' AND account = 'PROVIDER'")


async def _fee_never_booked(desk: Desk) -> None:
    """Both sides of it, so that the order still adds up."""
    _as_owner(desk, "DELETE FROM ledger_posting WHERE entry LIKE 'payment-fee:%'")


async def _no_mail(desk: Desk) -> None:
    _as_owner(desk, "DELETE FROM mail WHERE kind = 'CONFIRMATION'")


async def _left_halfway(desk: Desk) -> None:
    _as_owner(desk, "UPDATE shop_order SET status = 'PAID'")


async def _job_lost(desk: Desk) -> None:
    _as_owner(desk, "UPDATE procrastinate_jobs SET status = 'failed'")


# What is done, and what the audit must say of it.
BREAKS: dict[str, tuple[Callable[[Desk], Awaitable[None]], str]] = {
    "an orphan hold": (_orphan_hold, "nobody owns"),
    "a missing ticket": (_ticket_lost, "has 0 tickets and is CONFIRMED at its supplier"),
    "a booking that the supplier has no more": (_booking_lost, "is CANCELLED at its supplier"),
    "a doubled refund": (_refunded_twice, "Stripe gave back what we know nothing of"),
    "a refund that Stripe has not": (_refund_lost_at_stripe, "Stripe has not given back"),
    "a missing refund": (_refund_never_asked, "and got None back"),
    "a missing posting": (_posting_lost, "off"),
    "a fee that was not booked": (_fee_never_booked, "PAYMENT_FEE of"),
    "a missing mail": (_no_mail, "has None confirmations instead of 1"),
    "a sale left halfway": (_left_halfway, "is still PAID"),
    "a lost job": (_job_lost, "job"),
}


def _as_owner(desk: Desk, statement: str) -> None:
    """What no part of the platform may do."""
    with psycopg.connect(database_url(Database.SHOP, desk.platform.settings)) as owner, _unguarded(owner):
        owner.execute("SELECT set_config('tiqzy.reseller_id', %s, true)", [desk.shop.reseller_id])
        assert owner.execute(statement).rowcount


@contextmanager
def _unguarded(owner: psycopg.Connection) -> Iterator[None]:
    owner.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
    yield
    owner.execute("ALTER TABLE ledger_posting ENABLE TRIGGER USER")
