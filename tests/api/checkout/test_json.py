"""Buying as a program does: by the order's secret, with typed problems."""

from datetime import timedelta

import pytest

from api.availability.live import REUSED_FOR
from api.checkout.empty_orders import EMPTY_ORDERS
from tests.api.checkout.conftest import ADULT

ORDERS = "/v1/shops/canal-house/orders"
ADA = {"full_name": "Ada Lovelace", "email": "ada@buyer.example", "agrees_to_terms": True}


@pytest.fixture
async def order(buyer) -> tuple[str, dict[str, str]]:
    """Its address and what opens it."""
    made = (await buyer.client.post(ORDERS)).json()
    return f"{ORDERS}/{made['order_id']}", {"authorization": f"Bearer {made['secret']}"}


def wanted(buyer, quantity: int = 2, **more: object) -> dict[str, object]:
    tickets = [{"unit_id": ADULT, "quantity": quantity}]
    time = {"product": "prd_30", "day": buyer.day.isoformat(), "slot_id": buyer.slot_id}
    return time | {"tickets": tickets} | more


async def test_an_order_is_made_filled_and_led_to_payment(buyer, order, sandbox):
    address, secret = order
    added = await buyer.client.post(f"{address}/items", json=wanted(buyer), headers=secret)
    assert added.status_code == 201, added.text
    assert added.json()["standing"] == "held"
    assert added.json()["asked_minor"] == 2 * buyer.unit_minor
    cart = (await buyer.client.get(f"{address}/items", headers=secret)).json()
    assert (cart["total_minor"], cart["currency"]) == (2 * buyer.unit_minor, "EUR")
    paying = (await buyer.client.post(f"{address}/checkout", json=ADA, headers=secret)).json()
    assert paying["status"] == "PAYING"
    assert paying["payment_url"].startswith(sandbox.base_url)


async def test_orders_that_stay_empty_come_to_an_end(buyer):
    made = [await buyer.client.post(ORDERS) for _ in range(EMPTY_ORDERS)]
    assert {answer.status_code for answer in made} == {201}
    refused = await buyer.client.post(ORDERS)
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-orders")
    assert int(refused.headers["retry-after"]) > 0

    order = made[0].json()
    secret = {"authorization": f"Bearer {order['secret']}"}
    added = await buyer.client.post(f"{ORDERS}/{order['order_id']}/items", json=wanted(buyer), headers=secret)
    assert added.status_code == 201, added.text
    assert (await buyer.client.post(ORDERS)).status_code == 201


async def test_the_same_key_holds_once(buyer, order):
    address, secret = order
    body = wanted(buyer, idempotency_key="0123456789abcdef")
    items = [(await buyer.client.post(f"{address}/items", json=body, headers=secret)).json() for _ in range(2)]
    assert items[0]["order_item_id"] == items[1]["order_item_id"]


async def test_tickets_are_let_go(buyer, order):
    address, secret = order
    item = (await buyer.client.post(f"{address}/items", json=wanted(buyer), headers=secret)).json()["order_item_id"]
    assert (await buyer.client.delete(f"{address}/items/{item}", headers=secret)).status_code == 204
    assert (await buyer.client.get(f"{address}/items", headers=secret)).json()["items"] == []


@pytest.mark.parametrize(
    ("change", "status", "kind"),
    [
        ({"tickets": [{"unit_id": ADULT, "quantity": 0}]}, 422, "malformed-request"),
        ({"tickets": [{"unit_id": ADULT, "quantity": 1000}]}, 422, "malformed-request"),
        ({"tickets": [{"unit_id": ADULT, "quantity": -1}]}, 422, "malformed-request"),
        ({"tickets": [{"unit_id": ADULT, "quantity": "two"}]}, 422, "malformed-request"),
        ({"tickets": []}, 422, "malformed-request"),
        ({"tickets": [{"unit_id": "unt_other", "quantity": 1}]}, 422, "tickets-refused"),
        ({"slot_id": "slt_nowhere"}, 410, "slot-gone"),
        ({"product": "ticket-41"}, 410, "product-gone"),
        ({"day": "2020-01-01"}, 410, "day-is-over"),
        ({"seen": {"amount_minor": 1, "currency": "EUR"}}, 409, "price-changed"),
    ],
)
async def test_what_cannot_be_held_is_a_typed_problem(buyer, order, change, status, kind):
    address, secret = order
    answer = await buyer.client.post(f"{address}/items", json=wanted(buyer, **change), headers=secret)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


async def test_a_silent_supplier_is_unavailable(buyer, order, sandbox):
    address, secret = order
    buyer.clock.ahead = REUSED_FOR + timedelta(seconds=1)
    sandbox.control("canal", is_down=True)
    answer = await buyer.client.post(f"{address}/items", json=wanted(buyer), headers=secret)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/availability-unknown")


async def test_what_comes_between_a_look_and_the_payment_is_a_typed_problem(buyer, order, sandbox):
    address, secret = order

    async def told(what: str, body: dict[str, object]) -> tuple[int, str]:
        answer = await buyer.client.post(f"{address}/{what}", json=body, headers=secret)
        return answer.status_code, answer.json()["type"]

    await buyer.open_form()
    sandbox.control("canal", sold_out=True)
    assert await told("items", wanted(buyer)) == (409, "/problems/sold-out")
    sandbox.control("canal", sold_out=False)
    buyer.clock.ahead = REUSED_FOR + timedelta(seconds=1)
    assert (await buyer.client.post(f"{address}/items", json=wanted(buyer), headers=secret)).status_code == 201
    sandbox.control("stripe", is_down=True)
    assert await told("checkout", ADA) == (503, "/problems/payments-down")
    assert await told("items", wanted(buyer)) == (409, "/problems/cart-closed")


async def test_a_hold_that_ended_is_a_typed_problem_for_who_pays(buyer, order):
    address, secret = order
    item = await buyer.client.post(f"{address}/items", json=wanted(buyer), headers=secret)
    buyer.clock.ahead = timedelta(minutes=45)
    answer = await buyer.client.post(f"{address}/checkout", json=ADA, headers=secret)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cart-empty")
    [left] = (await buyer.client.get(f"{address}/items", headers=secret)).json()["items"]
    assert (left["order_item_id"], left["standing"]) == (item.json()["order_item_id"], "ended")


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer guessed"}, {"authorization": "Basic YTpi"}])
async def test_without_its_secret_an_order_stays_closed(buyer, order, headers):
    answer = await buyer.client.get(f"{order[0]}/items", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/order-unknown")


async def test_one_orders_secret_does_not_open_another_nor_another_shop(buyer, order):
    other = (await buyer.client.post(ORDERS)).json()
    answer = await buyer.client.get(f"{order[0]}/items", headers={"authorization": f"Bearer {other['secret']}"})
    assert answer.status_code == 401
    elsewhere = order[0].replace("canal-house", "everywhere")
    assert (await buyer.client.get(f"{elsewhere}/items", headers=order[1])).status_code == 401


async def test_an_empty_order_is_not_paid(buyer, order):
    address, secret = order
    answer = await buyer.client.post(f"{address}/checkout", json=ADA, headers=secret)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cart-empty")


async def test_details_that_are_not_complete_are_a_typed_problem(buyer, order):
    address, secret = order
    await buyer.client.post(f"{address}/items", json=wanted(buyer), headers=secret)
    answer = await buyer.client.post(f"{address}/checkout", json=ADA | {"agrees_to_terms": False}, headers=secret)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/buyer-refused")


async def test_the_description_names_every_problem(buyer):
    schema = (await buyer.client.get("/v1/openapi.json")).json()
    answers = schema["paths"]["/v1/shops/{slug}/orders/{order_id}/items"]["post"]["responses"]
    assert {"201", "401", "404", "409", "410", "422", "503"} <= answers.keys()
