"""Payments that outlive the process."""

from sandbox.stripe.account import Account, StripeOptions
from sandbox.stripe.calls import SessionCall
from sandbox.stripe.objects.session import Session
from sandbox.stripe.sales.sessions import items_of, open_session
from sandbox.stripe.server import open_account
from tests.sandbox.walk import FakeClock

PRICE = {"currency": "eur", "unit_amount": 1250, "product_data": {"name": "Canal tour"}}
WISH = {"mode": "payment", "line_items": [{"price_data": PRICE, "quantity": 2}], "success_url": "https://shop.example"}


def _account(state) -> Account:
    options = StripeOptions(api_key="sk_test_1", webhook_secret="whsec_1")
    return open_account(options, url="http://sandbox.test/stripe", seed=1, clock=FakeClock(), state=state)


def test_a_session_is_the_same_after_a_restart(tmp_path) -> None:
    state = tmp_path / "sandbox.sqlite"
    before = _account(state)
    session = open_session(before, SessionCall.model_validate(WISH))
    before.store.connection.close()
    after = _account(state)
    assert after.find(Session, session.id).payload() == session.payload()
    assert [item.amount_total for item in items_of(after, session)] == [2500]
    assert open_session(after, SessionCall.model_validate(WISH)).id != session.id


def test_the_same_requests_make_the_same_ids_in_another_run() -> None:
    made = [open_session(_account(None), SessionCall.model_validate(WISH)).id for _ in range(2)]
    assert made[0] == made[1]
