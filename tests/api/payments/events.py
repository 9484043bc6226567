"""Bodies of webhooks as Stripe sends them."""

import json

from tests.api.payments.till import ORDER

MADE_AT = 1_795_000_000


def body_of(event_id: str = "evt_1", kind: str = "checkout.session.completed", **thing: object) -> str:
    about = {
        "id": "cs_test_1",
        "object": "checkout.session",
        "metadata": ORDER,
        "customer_details": {"email": "ada@example.org"},
    }
    event = {"id": event_id, "object": "event", "type": kind, "created": MADE_AT, "data": {"object": about | thing}}
    return json.dumps(event)


BODY = body_of()
