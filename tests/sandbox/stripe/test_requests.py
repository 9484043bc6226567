"""What holds for every request: keys, versions, parameters, idempotency, what goes wrong on the way."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import stripe

from tests.sandbox.stripe.shopkeeper import Shopkeeper

KEYED = {"idempotency_key": "order-1-session"}


def test_the_same_key_gives_the_same_reply(shop) -> None:
    first, second = shop.session(options=KEYED), shop.session(options=KEYED)
    assert (first.id, first.url) == (second.id, second.url)
    assert second.last_response.headers["idempotent-replayed"] == "true"
    assert second.last_response.headers["original-request"] == first.last_response.request_id
    assert len(shop.api.checkout.sessions.list().data) == 1


def test_a_key_is_for_one_request(shop) -> None:
    shop.session(options=KEYED)
    with pytest.raises(stripe.IdempotencyError) as refused:
        shop.session(2600, options=KEYED)
    assert refused.value.http_status == 400


def test_a_refusal_by_the_objects_state_is_replayed_too_and_a_malformed_request_is_not(shop) -> None:
    intent = shop.paid().payment_intent
    too_much = {"payment_intent": intent, "amount": 9_999}
    messages = []
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            shop.api.refunds.create(too_much, options={"idempotency_key": "refund"})
        messages.append((refused.value.user_message, "Idempotent-Replayed" in refused.value.headers))
    assert [is_replayed for _, is_replayed in messages] == [False, True]
    with pytest.raises(stripe.InvalidRequestError):
        shop.session(currency="xxz", options=KEYED)
    assert shop.session(options={"idempotency_key": "another"}).id


def test_a_second_request_during_the_first_is_told_to_wait(shop, sandbox) -> None:
    sandbox.control("stripe", latency_seconds=1)
    with ThreadPoolExecutor() as both:
        tries = [both.submit(shop.session, options=KEYED) for _ in range(2)]
    errors = [error for done in tries if (error := done.exception())]
    assert [(error.http_status, error.json_body["error"]["code"]) for error in errors] == [
        (409, "idempotency_key_in_use")
    ]


def test_a_lost_reply_is_found_again_by_its_key(shop, sandbox) -> None:
    sandbox.control("stripe", lose_reply_after_success=True)
    with pytest.raises(stripe.APIConnectionError):
        shop.session(options=KEYED)
    sandbox.control("stripe", lose_reply_after_success=False)
    assert shop.session(options=KEYED).last_response.headers["idempotent-replayed"] == "true"
    assert len(shop.api.checkout.sessions.list().data) == 1


def test_a_server_that_is_down_or_broken_did_nothing(shop, sandbox) -> None:
    for switches, status in (({"is_down": True}, 503), ({"is_down": False, "error_rate": 1}, 500)):
        sandbox.control("stripe", **switches)
        with pytest.raises(stripe.APIError) as refused:
            shop.session(options=KEYED)
        assert refused.value.http_status == status
    sandbox.control("stripe", error_rate=0)
    assert shop.api.checkout.sessions.list().data == []
    assert shop.session(options=KEYED).status == "open"


def test_only_its_own_key_opens_the_account(sandbox) -> None:
    with pytest.raises(stripe.AuthenticationError):
        Shopkeeper(sandbox, api_key="sk_test_of_somebody_else").session()
    url = f"{sandbox.stripe_url}/v1/charges"
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, auth=(sandbox.stripe.api_key, "")).json()["object"] == "list"
    other = httpx.get(url, auth=(sandbox.stripe.api_key, ""), headers={"Stripe-Version": "2023-08-16"})
    assert (other.status_code, other.json()["error"]["type"]) == (400, "invalid_request_error")


@pytest.mark.parametrize(
    ("wish", "param", "code"),
    [
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"frobnicate": 1}, "frobnicate", "parameter_unknown"),
        ({"amount": "lots"}, "line_items[0][price_data][unit_amount]", "parameter_invalid_integer"),
        ({"currency": "xxz"}, "line_items[0][price_data][currency]", "parameter_invalid"),
        ({"expires_at": 1}, "expires_at", None),
        ({"currency": "usd", "allowed_payment_method_types": ["ideal"]}, "allowed_payment_method_types", None),
        ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),
        ({"amount": 10}, None, "amount_too_small"),
        ({"payment_intent_data": {"application_fee_amount": 5}}, "payment_intent_data[application_fee_amount]", None),
        ({"options": {"stripe_account": "acct_1"}}, "Stripe-Account", None),
    ],
)
def test_a_wrong_wish_is_refused_by_the_name_of_what_is_wrong(shop, wish, param, code) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.session(**wish)
    assert (refused.value.http_status, refused.value.param, refused.value.code) == (400, param, code)


def test_what_is_not_there_says_so(shop) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.api.charges.retrieve("ch_nobody")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    shop.paid()
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        shop.api.charges.list({"expand": ["data.tickets"]})
    with pytest.raises(stripe.InvalidRequestError, match="no transfers yet"):
        shop.api.transfers.list()
