"""The cart: whose it is, what it holds and for how long."""

from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from api.app import Application
from api.wiring import build_platform
from core.settings import Environment
from tests.api.checkout.conftest import ADULT, SHOP, adults, buying


async def test_an_empty_cart_says_so(buyer):
    assert "There is nothing here yet" in await buyer.cart()


async def test_the_cookie_opens_nothing_to_scripts_other_sites_or_other_shops_pages(buyer):
    cookie = (await buyer.add(1)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path={SHOP};" in cookie


async def test_in_production_the_cookie_never_travels_in_the_clear(shops, buyer):
    live = {"environment": Environment.PRODUCTION, "shop_url": "https://tiqzy.example"}
    live |= {"stripe_key": SecretStr("sk_live_x"), "stripe_url": None}
    live |= {"smtp_url": SecretStr("smtps://mail.example"), "mail_from": "shop@tiqzy.example"}
    form = await buyer.open_form(1)
    application = Application(build_platform(shops.settings.model_copy(update=live)))
    async with (
        application.platform.running(),
        AsyncClient(transport=ASGITransport(application), base_url="https://tiqzy.example") as client,
    ):
        answer = await client.post(f"{SHOP}/cart", data=form, headers={"origin": "https://tiqzy.example"})
    assert "Secure" in answer.headers["set-cookie"]


async def test_another_shops_cart_does_not_open_here(buyer):
    await buyer.add(1)
    secret = buyer.client.cookies["tiqzy_cart"]
    elsewhere = await buyer.client.get("/s/everywhere/cart", headers={"cookie": f"tiqzy_cart={secret}"})
    assert "There is nothing here yet" in elsewhere.text
    stolen = await buyer.client.post(
        "/s/everywhere/checkout",
        data={"full_name": "Eve", "email": "eve@example.com", "terms": "yes"},
        headers={"cookie": f"tiqzy_cart={secret}", "origin": "http://localhost"},
    )
    assert stolen.status_code == 409
    assert buyer.states() == ["HELD"]


async def test_a_cart_is_never_kept_or_told(buyer):
    page = await buyer.client.get(f"{SHOP}/cart")
    assert page.headers["cache-control"] == "private, no-store"
    assert "noindex" in page.text


async def test_the_cart_names_seller_supplier_and_terms(buyer):
    await buyer.add(1)
    cart = await buyer.cart()
    assert "<b>Canal House</b> sells these tickets for <b>Canal Tickets</b>" in cart
    assert "cancel" in cart


async def test_what_is_removed_is_given_back_and_can_be_chosen_again(buyer):
    await buyer.add(2)
    [item] = buyer.item_ids()
    answer = await buyer.post(f"/cart/items/{item}/remove", 303)
    assert answer.headers["location"] == f"{SHOP}/cart?removed={item}"
    page = await buyer.cart(f"?removed={item}")
    assert "Removed: Live" in page
    again = f"{buyer.choose_address}?{ADULT}=2"
    assert again in page
    assert 'value="2"' in (await buyer.client.get(again)).text
    assert buyer.states() == ["EXPIRED"]


async def test_a_hold_that_ended_is_told_with_a_way_to_choose_again(buyer):
    await buyer.add(2)
    buyer.clock.ahead = timedelta(minutes=45)
    cart = await buyer.cart()
    assert "Your hold has ended" in cart
    assert f"{buyer.choose_address}?{ADULT}=2" in cart
    assert "Pay " not in cart
    refused = await buyer.check_out(409)
    assert "There is nothing to pay for" in refused.text
    assert buyer.states() == ["EXPIRED"]
    await buyer.post(f"/cart/items/{buyer.item_ids()[0]}/remove", 303)
    assert "There is nothing here yet" in await buyer.cart()


async def test_a_lost_reply_is_found_out_and_not_bought_twice(buyer, sandbox):
    form = await buyer.open_form(2)
    sandbox.control("canal", lose_reply_after_success=True)
    await buyer.post("/cart", 303, **form)
    sandbox.control("canal", lose_reply_after_success=False)
    await buyer.post("/cart", 303, **form)
    assert len(buyer.states()) == 1
    assert adults(2) in await buyer.cart()


async def test_a_supplier_that_answers_no_hold_is_asked_again_while_the_page_waits(buyer, sandbox):
    form = await buyer.open_form(2)
    sandbox.control("canal", is_down=True)
    await buyer.post("/cart", 303, **form)
    assert buyer.states() == ["UNKNOWN"]
    page = await buyer.cart()
    assert "is being asked whether it holds these tickets" in page
    assert 'http-equiv="refresh"' in page
    assert "Pay " not in page


async def test_an_order_has_at_most_fifty_tickets(buyer):
    await buyer.add(1)
    [item] = buyer.item_ids()
    buyer.rows("UPDATE order_line SET quantity = 50 WHERE order_item_id = %s RETURNING 1", item)
    assert "Your order is full" in (await buyer.add(1, 409)).text


async def test_an_order_has_one_currency(buyer):
    await buyer.add(1)
    buyer.rows("UPDATE shop_order SET currency = 'CZK' WHERE order_id > %s RETURNING 1", buyer.began_after)
    refused = await buyer.add(1, 409)
    assert "Your tickets are in another currency" in refused.text


async def test_a_process_of_its_own_opens_the_same_cart(buyer, shops):
    await buyer.add(1)
    async with buying(shops, buyer) as other:
        other.client.cookies = buyer.client.cookies
        assert adults(1) in await other.cart()


@pytest.mark.parametrize("address", ["/cart", "/checkout", "/checkout/change", "/cart/items/itm_1/remove"])
async def test_nothing_changes_at_the_word_of_another_site(buyer, address):
    await buyer.add(1)
    for headers in ({}, {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        answer = await buyer.client.post(SHOP + address, data={}, headers=headers)
        assert answer.status_code == 403, (headers, answer.text)
        assert "This did not come from our page" in answer.text
    assert buyer.states() == ["HELD"]


async def test_a_browser_that_hides_its_origin_may_say_where_it_comes_from(buyer):
    form = await buyer.open_form(1)
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    answer = await buyer.client.post(f"{SHOP}/cart", data=form, headers=headers)
    assert answer.status_code == 303
