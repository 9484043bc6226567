"""The checker itself: a good reply passes, and what is taken out of it or put into it is found."""

import json

import pytest

from tests.sandbox.stripe.published import problems, require_description


@pytest.fixture(scope="module", autouse=True)
def _description() -> None:
    require_description()


@pytest.fixture
def charge(shop) -> dict:
    intent = shop.api.payment_intents.retrieve(shop.paid().payment_intent)
    shop.api.charges.retrieve(intent.latest_charge)
    return json.loads(shop.http.exchanges[-1].body)


def _found(charge: dict) -> list[str]:
    return problems("GET", "/v1/charges/ch_1", 200, charge)


def test_a_good_reply_passes_and_each_missing_field_is_found(charge) -> None:
    assert _found(charge) == []
    unnoticed = [name for name in charge if not _found({key: item for key, item in charge.items() if key != name})]
    assert unnoticed == []


def test_a_wrong_type_a_wrong_word_and_a_field_of_our_own_are_found(charge) -> None:
    assert _found({**charge, "amount": "2500"})
    assert _found({**charge, "status": "probably"})
    assert _found({**charge, "paid": None})
    assert _found({**charge, "tickets": 2})


def test_an_error_without_its_type_is_found() -> None:
    assert problems("GET", "/v1/charges/ch_1", 404, {"error": {"message": "no"}})
