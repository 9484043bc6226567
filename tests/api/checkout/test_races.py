"""Two at once: the same form twice, and two buyers for the last ticket."""

import asyncio
from uuid import uuid4

from api.checkout import repository
from tests.api.checkout.conftest import SHOP, adults, buying, find_time


async def _twice(buyer) -> list[int]:
    form = await buyer.open_form(2)
    answers = await asyncio.gather(*(buyer.post("/cart", None, **form) for _ in range(2)))
    return sorted(answer.status_code for answer in answers)


async def test_with_the_guard_off_a_double_click_holds_twice(buyer, monkeypatch):
    monkeypatch.setattr(repository, "booking_uuid_of", lambda *_: uuid4())
    assert await _twice(buyer) == [303, 303]
    assert buyer.states() == ["HELD", "HELD"]


async def test_a_double_click_holds_once(buyer):
    assert await _twice(buyer) == [303, 303]
    assert buyer.states() == ["HELD"]
    assert buyer.order_count() == 1
    assert adults(2) in await buyer.cart()


async def test_a_form_that_is_sent_again_later_holds_once(buyer):
    form = await buyer.open_form(2)
    for _ in range(3):
        await buyer.post("/cart", 303, **form)
    assert buyer.states() == ["HELD"]


async def test_who_removes_tickets_and_goes_back_to_their_form_gets_them_again(buyer):
    form = await buyer.open_form(2)
    await buyer.post("/cart", 303, **form)
    await buyer.post(f"/cart/items/{buyer.item_ids()[0]}/remove", 303)
    await buyer.post("/cart", 303, **form)
    assert buyer.states() == ["EXPIRED", "HELD"]


async def test_the_last_ticket_goes_to_exactly_one_of_two_buyers(buyer, shops):
    left = await find_time(buyer, least=2, most=20)
    async with buying(shops, buyer) as rival, buying(shops, buyer) as crowd:
        forms = [await one.open_form(1) for one in (buyer, rival)]
        for _ in range(left - 1):
            await crowd.post("/cart", 303, **await crowd.open_form(1))
            crowd.client.cookies.clear()
        answers = await asyncio.gather(
            *(one.post("/cart", None, **form) for one, form in zip((buyer, rival), forms, strict=True))
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert "Sold out in the meantime" in loser.text
    assert "Somebody was faster" in loser.text


async def test_a_double_click_on_pay_opens_one_page(buyer):
    await buyer.add(1)
    answers = await asyncio.gather(*(buyer.check_out() for _ in range(2)))
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert buyer.rows("SELECT count(*) FROM payment WHERE order_id > %s", buyer.began_after) == [(1,)]


async def test_a_second_tab_finds_the_payment_of_the_first(buyer):
    await buyer.add(1)
    first = await buyer.check_out()
    assert f'href="{first.headers["location"]}"' in await buyer.cart()
    assert (await buyer.check_out()).headers["location"] == first.headers["location"]
    refused = await buyer.add(1, 409)
    assert "You are paying for this order" in refused.text
    assert f'href="{SHOP}/cart"' in refused.text
