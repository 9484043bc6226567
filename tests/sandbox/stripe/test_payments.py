"""From a session to money, through stripe-python and the page."""

import httpx
import pytest
import stripe

from sandbox.stripe.published import API_VERSION
from tests.sandbox.stripe.shopkeeper import ASKS_BANK, DECLINED, Shopkeeper, decide, go_to_bank, pay

FULL = {"expand": ["line_items", "payment_intent.latest_charge.balance_transaction"]}


def _whole(shop: Shopkeeper, session_id: str):
    return shop.api.checkout.sessions.retrieve(session_id, params=FULL)


def test_the_version_is_the_one_the_library_pins() -> None:
    assert stripe._api_version._ApiVersion.CURRENT == API_VERSION  # noqa: SLF001 - the only place that says it


def test_a_card_that_works_pays_and_leads_back_to_the_shop(shop) -> None:
    session = shop.session()
    back = pay(session.url)
    assert (back.status_code, back.headers["location"]) == (303, f"https://shop.example/done?session={session.id}")
    paid = _whole(shop, session.id)
    charge = paid.payment_intent.latest_charge
    assert (paid.status, paid.payment_status, paid.payment_intent.status) == ("complete", "paid", "succeeded")
    assert paid.payment_intent.metadata.order_id == charge.metadata.order_id == "ord_1"
    # 1.5 % of 2500 is 37.5, and 25 more.
    assert (charge.balance_transaction.fee, charge.balance_transaction.net) == (63, 2437)
    assert [item.amount_total for item in paid.line_items.data] == [2500]


def test_a_declined_card_can_be_followed_by_one_that_works(shop) -> None:
    session = shop.session()
    assert pay(session.url, DECLINED).headers["location"] == session.url
    assert "Your card was declined." in httpx.get(session.url).text
    declined = _whole(shop, session.id)
    error = declined.payment_intent.last_payment_error
    assert (declined.status, error.code, error.decline_code) == ("open", "card_declined", "generic_decline")
    assert declined.payment_intent.latest_charge.status == "failed"
    pay(session.url)
    assert _whole(shop, session.id).payment_status == "paid"
    assert len(shop.api.charges.list({"payment_intent": declined.payment_intent.id}).data) == 2


@pytest.mark.parametrize("number", [None, ASKS_BANK])
def test_the_bank_says_yes_or_no(shop, number) -> None:
    session = shop.session()
    bank = pay(session.url, number).headers["location"] if number else go_to_bank(session.url)
    assert _whole(shop, session.id).payment_intent.status == "requires_action"
    assert decide(bank, "refuse").headers["location"] == session.url
    assert "not approved" in httpx.get(session.url).text
    bank = pay(session.url, number).headers["location"] if number else go_to_bank(session.url)
    assert decide(bank, "approve").headers["location"].startswith("https://shop.example/done")
    charge = _whole(shop, session.id).payment_intent.latest_charge
    expected = ("card", 63, "charge") if number else ("ideal", 29, "payment")
    booked = charge.balance_transaction
    assert (charge.payment_method_details.type, booked.fee, booked.type) == expected


def test_paying_twice_pays_once(shop) -> None:
    session = shop.session()
    bank = go_to_bank(session.url)
    assert [pay(session.url).headers["location"] for _ in range(2)] == [
        f"https://shop.example/done?session={session.id}"
    ] * 2
    assert decide(bank, "approve").headers["location"].startswith("https://shop.example/done")
    assert len(shop.api.charges.list().data) == 1
    assert "This is paid." in httpx.get(session.url).text


def test_an_expired_session_takes_no_money(shop, sandbox) -> None:
    ended = shop.session()
    late = shop.session(expires_at=ended.created + 31 * 60)
    bank = go_to_bank(late.url)
    shop.api.checkout.sessions.expire(ended.id)
    sandbox.advance(32 * 60)
    for session in (ended, late):
        assert pay(session.url).headers["location"] == session.url
        page = httpx.get(session.url)
        assert (page.status_code, "Too late to pay." in page.text) == (410, True)
    assert decide(bank, "approve").headers["location"] == late.url
    assert shop.api.charges.list().data == []
    assert [item.status for item in shop.api.checkout.sessions.list().data] == ["expired"] * 2
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        shop.api.checkout.sessions.expire(ended.id)


def test_an_authorisation_is_captured_in_part_given_back_or_runs_out(shop, sandbox) -> None:
    held = {"payment_intent_data": {"capture_method": "manual"}, "allowed_payment_method_types": ["card"]}
    captured, cancelled, forgotten = (shop.paid(**held).payment_intent for _ in range(3))
    assert shop.api.payment_intents.retrieve(captured).amount_capturable == 2500
    with pytest.raises(stripe.InvalidRequestError, match="greater than the amount authorized"):
        shop.api.payment_intents.capture(captured, {"amount_to_capture": 2501})
    done = shop.api.payment_intents.capture(captured, {"amount_to_capture": 1000, "expand": ["latest_charge"]})
    assert (done.status, done.amount_received, done.latest_charge.amount_captured) == ("succeeded", 1000, 1000)
    assert shop.api.payment_intents.cancel(cancelled).status == "canceled"
    sandbox.advance(8 * 86_400)
    assert shop.api.payment_intents.retrieve(forgotten).cancellation_reason == "automatic"
    charge = shop.api.charges.list({"payment_intent": cancelled}).data[0]
    assert (charge.refunded, charge.balance_transaction) == (True, None)
    booked = shop.api.balance_transactions.list({"type": "charge"}).data
    assert [item.amount for item in booked] == [1000]


def test_a_currency_without_minor_units_keeps_its_amounts(shop) -> None:
    session = shop.session(1200, currency="jpy")
    assert "¥1,200<" in httpx.get(session.url).text
    pay(session.url)
    assert _whole(shop, session.id).payment_intent.latest_charge.balance_transaction.fee == 18 + 40


def test_everything_is_declined_when_the_switch_says_so(shop, sandbox) -> None:
    sandbox.control("stripe", decline_everything=True)
    session = shop.session()
    pay(session.url)
    decide(go_to_bank(session.url), "approve")
    assert _whole(shop, session.id).payment_status == "unpaid"
