"""What a buyer sees of his order, from the payment to the tickets or his money."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.shops.opening import ShopDraft, open_shop
from core.domain.sale import ItemState
from core.logs import log_as_server
from tests.fixtures.sales import ADA, SELLABLE


async def issued(buyer, **wish):
    key, items = await buyer.desk.paid(**wish)
    await buyer.desk.work()
    return key, items


async def sent(buyer, key) -> list[str]:
    query = "SELECT kind FROM mail WHERE order_id = %s AND sent_at IS NOT NULL ORDER BY created_at"
    return [kind for (kind,) in buyer.desk.rows(query, key.order_id)]


async def test_who_comes_back_from_paying_waits_and_is_looked_after(buyer):
    key, _ = await buyer.desk.paid()
    page = await buyer.page(key)
    assert "We are waiting for your payment" in page
    assert 'content="2;url=?looks=1"' in page
    await buyer.desk.work()
    assert "Your tickets" in await buyer.page(key)


async def test_after_a_minute_the_page_says_that_nothing_is_lost(buyer):
    key, _ = await buyer.desk.paying()
    assert "Nothing is lost" in await buyer.page(key, "?looks=30")


async def test_the_tickets_are_on_the_page_to_be_scanned_and_read(buyer):
    key, _ = await issued(buyer)
    page = await buyer.page(key)
    assert page.count('role="img" aria-label="QR code"') == 2
    values = buyer.desk.rows(
        "SELECT value FROM ticket JOIN order_item USING (order_item_id) WHERE order_id = %s", key.order_id
    )
    assert values
    assert all(value in page for (value,) in values)
    for said in ("Canal tour", "Canal pier", "The Desk", "Canal Tickets", "Free cancellation up to 24 hours before"):
        assert said in page


async def test_a_cart_is_sent_back_to_the_cart(buyer):
    key, _ = await buyer.desk.held()
    answer = await buyer.get(key, expected=303)
    assert answer.headers["location"] == "/s/desk/cart"


async def test_tickets_as_pdf_and_calendar(buyer):
    key, _ = await issued(buyer)
    pdf = await buyer.get(key, "/tickets.pdf")
    assert pdf.content.startswith(b"%PDF")
    calendar = await buyer.get(key, "/calendar.ics")
    assert buyer.secret(key) in calendar.text.replace("\r\n ", "")


async def test_there_is_nothing_to_print_before_there_are_tickets(buyer):
    key, _ = await buyer.desk.paying()
    await buyer.get(key, "/tickets.pdf", expected=409)


async def test_the_mail_with_the_tickets_arrives_and_can_be_had_again(buyer):
    key, _ = await issued(buyer)
    assert await sent(buyer, key) == ["CONFIRMATION"]
    assert "a***@buyer.example" in await buyer.page(key)
    await buyer.post(key, "/resend")
    await buyer.post(key, "/resend")
    await buyer.desk.work()
    assert await sent(buyer, key) == ["CONFIRMATION", "CONFIRMATION"]
    reference = buyer.desk.rows("SELECT reference FROM shop_order WHERE order_id = %s", key.order_id)[0][0]
    assert sum(str(reference) in mail["subject"] for mail in buyer.desk.sandbox.mail("ada@")) == 2


async def test_the_same_mail_can_be_had_five_times_a_day(buyer):
    key, _ = await issued(buyer)
    for _ in range(5):
        assert (await buyer.post(key, "/resend")).status_code == 303
        await buyer.desk.work()
        buyer.desk.time.pass_by(minutes=2)
    assert (await buyer.post(key, "/resend")).status_code == 429


async def test_cancelling_says_what_comes_back_and_brings_it(buyer):
    key, [item] = await issued(buyer)
    asked = await buyer.page(key, f"/items/{item}/cancel")
    assert "You get" in asked
    assert (await buyer.post(key, f"/items/{item}/cancel")).status_code == 303
    assert "Being cancelled" in await buyer.page(key)
    await buyer.desk.work()
    page = await buyer.page(key)
    assert "Cancelled, as you asked" in page
    assert "was paid back" in page
    assert await sent(buyer, key) == ["CONFIRMATION", "CANCELLATION"]


async def test_too_late_to_cancel_says_why(buyer):
    key, [item] = await issued(buyer)
    buyer.desk.rows(
        "UPDATE order_item SET cancellation_cutoff_seconds = 8640000 WHERE order_item_id = %s RETURNING 1", item
    )
    assert "It is too late" in await buyer.page(key, f"/items/{item}/cancel")
    assert (await buyer.post(key, f"/items/{item}/cancel")).status_code == 409
    assert (await buyer.desk.states(key))[1] == [ItemState.CONFIRMED]


async def test_sold_out_after_paying_says_so_and_what_comes_back(buyer):
    key, _ = await buyer.desk.paid()
    buyer.desk.time.pass_by(hours=2)
    buyer.desk.sandbox.control(buyer.desk.on_sale.connection_id, sold_out=True)
    await buyer.desk.work()
    page = await buyer.page(key)
    assert "sold to somebody else" in page
    assert "was paid back" in page
    assert await sent(buyer, key) == ["REFUND"]


async def test_a_supplier_that_confirms_by_hand_is_named_with_its_deadline(buyer):
    key, _ = await issued(buyer, what=buyer.desk.confirms_later)
    page = await buyer.page(key)
    assert "confirms this by hand" in page
    assert "only reserved" in page


async def test_free_tickets_are_free(buyer):
    key, _ = await buyer.desk.held(is_free=True)
    await buyer.desk.platform.payments.give(key, ADA)
    await buyer.desk.work()
    assert "Free</td>" in await buyer.page(key)


@pytest.mark.parametrize("secret", ["unknown", "x" * 40])
async def test_an_unknown_link_helps(buyer, secret):
    answer = await buyer.client.get(f"/s/desk/orders/{secret}")
    assert answer.status_code == 404
    assert "Open it once more from your mail" in answer.text


async def test_another_resellers_order_stays_invisible(buyer):
    key, _ = await issued(buyer)
    await open_shop(buyer.desk.platform.database, ShopDraft("Other", f"other-{key.order_id[-6:]}", "Other"))
    elsewhere = f"other-{key.order_id[-6:]}"
    assert (await buyer.client.get(f"/s/{elsewhere}/orders/{buyer.secret(key)}")).status_code == 404
    asked = await buyer.client.get(f"/v1/shops/{elsewhere}/order", headers=buyer.bearer(key))
    assert asked.status_code == 404
    assert asked.json()["type"] == "/problems/order-not-found"


async def test_nobody_keeps_indexes_or_is_told_an_orders_address(buyer):
    key, _ = await issued(buyer)
    for answer in (await buyer.get(key), await buyer.client.get("/s/desk/orders/unknown")):
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "noindex" in answer.headers["x-robots-tag"]


async def test_a_program_sees_the_same_and_cancels(buyer):
    key, [item] = await issued(buyer)
    order = await buyer.order(key)
    assert (order["status"], order["items"][0]["stage"], len(order["items"][0]["tickets"])) == ("DONE", "issued", 2)
    answer = await buyer.client.post(f"/v1/shops/desk/order/items/{item}/cancel", headers=buyer.bearer(key))
    assert answer.json()["items"][0]["stage"] == "cancelling"
    await buyer.desk.work()
    assert (await buyer.order(key))["refunded_minor"] == order["total_minor"]


async def test_a_program_without_the_secret_is_told_so(buyer):
    answer = await buyer.client.get("/v1/shops/desk/order")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/secret-missing")


async def test_a_visit_after_the_night_when_clocks_change_is_sold_at_the_places_own_time(buyer):
    desk, zone = buyer.desk, ZoneInfo("Europe/Amsterdam")
    day = _clocks_change_on(desk.time().date() + timedelta(days=4), zone)
    desk.time.pass_by(days=(day - desk.time().date()).days - 1)
    slots = await desk.platform.providers[desk.on_sale.connection_id].slots(desk.on_sale.option, day, day)
    slot = next(slot for slot in slots if slot.status in SELLABLE and slot.vacancies)
    key, [item] = await issued(buyer, what=replace(desk.on_sale, slot=slot))
    opens = slot.starts_at.astimezone(zone)
    assert f"{opens:%H:%M}" in await buyer.page(key)
    calendar = (await buyer.get(key, "/calendar.ics")).text
    assert f"DTSTART;TZID=Europe/Amsterdam:{opens:%Y%m%dT%H%M%S}" in calendar
    # A cutoff of 24 hours is 24 hours, and not the same time on the wall.
    cutoff = (slot.starts_at - timedelta(hours=24) - desk.time()).total_seconds()
    desk.time.pass_by(seconds=cutoff - 30)
    assert "You get" in await buyer.page(key, f"/items/{item}/cancel")
    desk.time.pass_by(seconds=60)
    assert "It is too late" in await buyer.page(key, f"/items/{item}/cancel")


def _clocks_change_on(first: date, zone: ZoneInfo) -> date:
    """The next day that is no 24 hours long."""
    days = (first + timedelta(days=ahead) for ahead in range(370))
    midnights = ((day, datetime(day.year, day.month, day.day, tzinfo=zone)) for day in days)
    return next(day for day, at in midnights if at.utcoffset() != (at + timedelta(days=1)).utcoffset())


async def test_what_a_visit_set_going_is_found_by_its_id(buyer, capsys):
    """From the page over the job that it asked for to each call that this makes."""
    log_as_server()
    key, _ = await buyer.desk.paying()
    await buyer.desk.work()
    buyer.desk.pay(key)
    await buyer.client.get(buyer.address(key), headers={"x-request-id": "visit-0123456789"})
    await buyer.desk.work()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    ours = [line for line in lines if line.get("request_id") == "visit-0123456789"]
    assert {line["event"] for line in ours} == {"request", "step", "provider_call", "mail sent"}
    assert "confirm" in {line.get("operation") for line in ours}
    assert {line.get("provider") for line in ours} >= {"octo", "stripe"}


async def test_the_logs_of_a_purchase_hold_no_secret_name_or_address(buyer, capsys):
    log_as_server()
    key, [item] = await issued(buyer)
    for part in ("", "/tickets.pdf", "/calendar.ics", f"/items/{item}/cancel"):
        await buyer.get(key, part)
    await buyer.post(key, "/resend")
    await buyer.post(key, f"/items/{item}/cancel")
    await buyer.desk.work()
    written = "".join(capsys.readouterr())
    assert "/orders/***" in written
    assert not [word for word in (buyer.secret(key), "Lovelace", "ada@", "7946") if word in written]
