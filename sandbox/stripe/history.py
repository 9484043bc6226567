"""Sales of the past in bulk: one line a sale, made by what serves the API. Lines of JSON -> objects -> lines of JSON"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sandbox.stripe.account import Account, History
from sandbox.stripe.calls import Method, RefundCall, SessionCall
from sandbox.stripe.errors import InvalidRequest
from sandbox.stripe.expansion import expand
from sandbox.stripe.objects.base import Json
from sandbox.stripe.objects.session import Session
from sandbox.stripe.sales.attempts import approve, pay_by_card, pay_by_ideal
from sandbox.stripe.sales.cards import CARDS
from sandbox.stripe.sales.means import Buyer
from sandbox.stripe.sales.refunds import refund
from sandbox.stripe.sales.sessions import open_session

WORKS = CARDS[0]
WITH_PAYMENT = ["payment_intent.latest_charge.balance_transaction", "payment_intent.latest_charge.refunds"]
Moment = Annotated[int, Field(ge=0)]


class PastRefund(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Moment
    amount: int = Field(ge=1)
    metadata: dict[str, str] = {}


class PastSale(BaseModel):
    """A session that was opened, paid and perhaps refunded; `ref` names it for good."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ref: str = Field(min_length=1, max_length=200)
    opened_at: Moment
    paid_at: Moment
    session: SessionCall
    method: Method
    name: str
    email: str
    refunds: tuple[PastRefund, ...] = ()


def make_history(account: Account, sales: list[PastSale]) -> Iterator[Json]:
    """For each sale its reference, where it was paid, and its session, expanded. One that was made before is found.

    Has no events and is told to nobody. Payouts wait until no history has come for a minute.
    """
    now = account.present()
    if any(moment > now for sale in sales for moment in _moments(sale)):
        raise InvalidRequest("History lies in the past.")
    with _in_bulk(account):
        for sale in sales:
            with account.naming(sale.ref) as first_id:
                session = account.store.get(Session, first_id("cs_test")) or _make(account, sale)
            url = f"{account.url}/pay/{session.id}"
            yield {"ref": sale.ref, "url": url, "session": expand(account, session.payload(), WITH_PAYMENT)}


def _make(account: Account, sale: PastSale) -> Session:
    with account.at(sale.opened_at):
        session = open_session(account, sale.session)
    buyer = Buyer(sale.email, sale.name)
    with account.at(sale.paid_at):
        if sale.method == "card":
            intent = pay_by_card(account, session, WORKS, buyer)
        else:
            intent = approve(account, session, pay_by_ideal(account, session, buyer))
    for back in sale.refunds:
        with account.at(back.at):
            refund(account, RefundCall(payment_intent=intent.id, amount=back.amount, metadata=back.metadata))
    return session


def _moments(sale: PastSale) -> tuple[int, ...]:
    return (sale.opened_at, sale.paid_at, *(back.at for back in sale.refunds))


@contextmanager
def _in_bulk(account: Account) -> Iterator[None]:
    now = account.present()
    account.history = History(is_now=True, until=now, heard_at=now, has_events=False)
    try:
        yield
    finally:
        account.history.is_now, account.history.has_events = False, True
