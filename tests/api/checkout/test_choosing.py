"""Quantities, times and prices that cannot be: each is told on the page, which keeps what was typed."""

from datetime import UTC, datetime, timedelta

import pytest

from api.availability.live import REUSED_FOR
from tests.api.checkout.conftest import SHOP

AN_ANSWER_IS_OLD = REUSED_FOR + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "choose at least one ticket"),
        ("", "choose at least one ticket"),
        ("-2", "cannot be less than nothing"),
        ("1000", "at most 50 tickets"),
        ("two", "enter a whole number"),
        ("1.5", "enter a whole number"),
        ("9" * 12, "enter a whole number"),
    ],
)
async def test_a_quantity_that_cannot_be_is_told_and_kept(buyer, typed, said):
    page = (await buyer.add(typed, 422)).text
    assert said in page
    assert f'value="{typed}"' in page
    assert 'role="alert"' in page
    assert buyer.states() == []


async def test_a_kind_of_ticket_that_is_not_sold_is_refused(buyer):
    page = (await buyer.add(1, 422, unt_somebodys="1")).text
    assert "not sold for this time" in page


async def test_sold_out_since_the_page_was_opened_holds_nothing(buyer, sandbox):
    form = await buyer.open_form(2)
    sandbox.control("canal", sold_out=True)
    page = (await buyer.post("/cart", 409, **form)).text
    assert "Sold out in the meantime" in page
    assert "HELD" not in buyer.states()
    assert "There is nothing here yet" in await buyer.cart()


async def test_a_silent_supplier_sells_nothing_and_says_so(buyer, sandbox):
    form = await buyer.open_form(2)
    buyer.clock.ahead = AN_ANSWER_IS_OLD
    sandbox.control("canal", is_down=True)
    answer = await buyer.post("/cart", 503, **form)
    assert "does not answer" in answer.text
    assert answer.headers["retry-after"]
    opened = await buyer.client.get(buyer.choose_address)
    assert opened.status_code == 503
    assert "See all times of this day" in opened.text


async def test_another_price_than_the_one_seen_is_asked_about_with_both(buyer, sandbox):
    form = await buyer.open_form(2)
    buyer.clock.ahead = AN_ANSWER_IS_OLD
    sandbox.control("canal", price_change_percent=20)
    answer = await buyer.post("/cart", 409, **form)
    assert "The price has changed" in answer.text
    assert f"{2 * buyer.unit_minor / 100:.2f}" in answer.text
    assert 'value="2"' in answer.text
    assert buyer.states() == []
    agreed = await buyer.add(2)
    assert agreed.headers["location"] == f"{SHOP}/cart"
    [(asked,)] = buyer.rows("SELECT asked_minor FROM order_line WHERE order_item_id = %s", buyer.item_ids()[0])
    assert asked > 2 * buyer.unit_minor


async def test_a_price_that_changes_between_look_and_hold_is_told_too(buyer, sandbox):
    """What we know is seconds old, and only the hold shows that it is wrong."""
    form = await buyer.open_form(2)
    sandbox.control("canal", price_change_percent=20)
    answer = await buyer.post("/cart", 409, **form)
    assert "The price has changed" in answer.text
    assert buyer.states() == ["FAILED"]
    assert "There is nothing here yet" in await buyer.cart()


async def test_a_form_cannot_name_its_own_price(buyer):
    seen = (await buyer.open_form(2))["seen"]
    cheap = seen.replace(f"={buyer.unit_minor}", "=1")
    assert "The price has changed" in (await buyer.add(2, 409, seen=cheap)).text


async def test_a_product_of_another_shop_is_not_sold_here(buyer):
    await buyer.add(1, 410, product="ticket-41")


async def test_a_time_in_the_past_or_nowhere_is_gone(buyer):
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    await buyer.add(1, 410, day=yesterday)
    page = await buyer.add(1, 410, slot="slt_nowhere")
    assert "can no longer be booked" in page.text


async def test_a_time_whose_sale_has_closed_is_gone(buyer):
    form = await buyer.open_form(1)
    buyer.clock.ahead = timedelta(days=30)
    await buyer.post("/cart", 410, **form)
