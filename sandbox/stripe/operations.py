"""Every operation of the API that is here. Method + path -> what to do"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from sandbox.stripe import listing
from sandbox.stripe.account import Account
from sandbox.stripe.calls import Call, CancelCall, CaptureCall, NoCall, RefundCall, SessionCall, malformed
from sandbox.stripe.listing import ListCall, page
from sandbox.stripe.objects.base import Json, StripeObject
from sandbox.stripe.objects.event import Event
from sandbox.stripe.objects.money import BalanceTransaction, Payout, Refund
from sandbox.stripe.objects.payment import Charge, PaymentIntent, PaymentMethod
from sandbox.stripe.objects.session import LineItem, Session
from sandbox.stripe.sales.intents import cancel, capture
from sandbox.stripe.sales.refunds import refund
from sandbox.stripe.sales.sessions import expire, open_session

# Path parameters and decoded parameters -> reply
Answer = Callable[[Account, Mapping[str, str], Json], Json]
Asked = TypeVar("Asked", bound=Call)
Made = Callable[[Account, Any], StripeObject]
Changed = Callable[[Account, str, Any], StripeObject]


def read(model: type[Asked], params: Json) -> Asked:
    try:
        return model.model_validate(params)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise malformed(first["type"], first["loc"], first["msg"]) from error


def _make(make: Made, model: type[Call]) -> Answer:
    return lambda account, _, params: make(account, read(model, params)).payload()


def _change(change: Changed, model: type[Call]) -> Answer:
    return lambda account, path, params: change(account, path["id"], read(model, params)).payload()


def _retrieve(kind: type[StripeObject]) -> Answer:
    def answer(account: Account, path: Mapping[str, str], params: Json) -> Json:
        read(NoCall, params)
        return account.find(kind, path["id"]).payload()

    return answer


def _list(kind: type[StripeObject], model: type[ListCall], url: str) -> Answer:
    return lambda account, _, params: page(account, kind, read(model, params), url)


def _line_items(account: Account, path: Mapping[str, str], params: Json) -> Json:
    session = account.find(Session, path["id"], param="session")
    url = f"/v1/checkout/sessions/{session.id}/line_items"
    return page(account, LineItem, read(ListCall, params), url, session=session.id)


SESSIONS, INTENTS = "/v1/checkout/sessions", "/v1/payment_intents"
OPERATIONS: tuple[tuple[str, str, Answer], ...] = (
    ("POST", SESSIONS, _make(open_session, SessionCall)),
    ("GET", SESSIONS, _list(Session, listing.Sessions, SESSIONS)),
    ("GET", f"{SESSIONS}/{{id}}", _retrieve(Session)),
    ("GET", f"{SESSIONS}/{{id}}/line_items", _line_items),
    ("POST", f"{SESSIONS}/{{id}}/expire", _change(expire, NoCall)),
    ("GET", INTENTS, _list(PaymentIntent, listing.Intents, INTENTS)),
    ("GET", f"{INTENTS}/{{id}}", _retrieve(PaymentIntent)),
    ("POST", f"{INTENTS}/{{id}}/capture", _change(capture, CaptureCall)),
    ("POST", f"{INTENTS}/{{id}}/cancel", _change(cancel, CancelCall)),
    ("GET", "/v1/payment_methods/{id}", _retrieve(PaymentMethod)),
    ("GET", "/v1/charges", _list(Charge, listing.Charges, "/v1/charges")),
    ("GET", "/v1/charges/{id}", _retrieve(Charge)),
    ("POST", "/v1/refunds", _make(refund, RefundCall)),
    ("GET", "/v1/refunds", _list(Refund, listing.Refunds, "/v1/refunds")),
    ("GET", "/v1/refunds/{id}", _retrieve(Refund)),
    ("GET", "/v1/balance_transactions", _list(BalanceTransaction, listing.Transactions, "/v1/balance_transactions")),
    ("GET", "/v1/balance_transactions/{id}", _retrieve(BalanceTransaction)),
    ("GET", "/v1/payouts", _list(Payout, listing.Payouts, "/v1/payouts")),
    ("GET", "/v1/payouts/{id}", _retrieve(Payout)),
    ("GET", "/v1/events", _list(Event, listing.Events, "/v1/events")),
    ("GET", "/v1/events/{id}", _retrieve(Event)),
)

# The first step of paths that come later, with the part they belong to.
LATER_PATHS = {
    "accounts": "Connect",
    "account_links": "Connect",
    "account_sessions": "Connect",
    "application_fees": "Connect",
    "transfers": "transfers",
    "disputes": "disputes",
    "customers": "customers",
    "webhook_endpoints": "webhook endpoints but the one it was started with",
}
