"""Whom to believe: what Stripe signed, lately, and nobody else."""

import json
import time
from datetime import UTC, datetime

import pytest

from api.payments.errors import PaymentsNotSetUp, SignatureRefused
from api.payments.gateway import StripeGateway
from api.payments.shapes import StripeEvent
from tests.api.payments.events import BODY, MADE_AT
from tests.api.payments.till import NOT_SET_UP


def test_an_event_says_what_to_look_at_and_nothing_of_the_buyer(gateway, signed) -> None:
    assert gateway.verified_event(BODY.encode(), signed()) == StripeEvent(
        event_id="evt_1",
        type="checkout.session.completed",
        created_at=datetime.fromtimestamp(MADE_AT, UTC),
        object_id="cs_test_1",
        order_id="ord_1",
        reseller_id="rsl_1",
    )


def test_an_event_of_nobodys_order_is_one_too(gateway, signed) -> None:
    body = json.dumps(
        {"id": "evt_2", "type": "balance.available", "created": 1, "data": {"object": {"object": "balance"}}}
    )
    event = gateway.verified_event(body.encode(), signed(body))
    assert (event.object_id, event.order_id, event.reseller_id) == ("", None, None)


@pytest.mark.parametrize(
    "signature", ["", "nonsense", "t=1,v1=", "t=x,v1=y", "v1=abc", "t=1,v1=é", f"t={MADE_AT},v0=aa"]
)
def test_what_is_no_signature_is_refused(gateway, signature) -> None:
    with pytest.raises(SignatureRefused):
        gateway.verified_event(BODY.encode(), signature)


def test_another_secret_another_body_and_an_old_signature_are_refused(gateway, signed) -> None:
    for body, signature in (
        (BODY, signed(secret="whsec_of_somebody_else")),
        (BODY.replace("ord_1", "ord_2"), signed()),
        (BODY, signed(timestamp=int(time.time()) - 301)),
    ):
        with pytest.raises(SignatureRefused):
            gateway.verified_event(body.encode(), signature)


def test_bytes_that_are_no_text_are_refused(gateway, signed) -> None:
    with pytest.raises(SignatureRefused):
        gateway.verified_event(b"\xff\xfe", signed())


@pytest.mark.parametrize("body", ["[]", "{", '{"id": "evt_3"}'])
def test_what_is_signed_and_no_event_is_refused(gateway, signed, body) -> None:
    with pytest.raises(SignatureRefused, match="not an event"):
        gateway.verified_event(body.encode(), signed(body))


def test_without_a_secret_nothing_is_believed() -> None:
    with pytest.raises(PaymentsNotSetUp, match="TIQZY_STRIPE_WEBHOOK_SECRET"):
        StripeGateway(NOT_SET_UP).verified_event(BODY.encode(), "")
