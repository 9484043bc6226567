"""The buyer, his payment, and what happens when he goes back."""

import pytest

from tests.api.checkout.conftest import SHOP, adults, buying
from tests.sandbox.stripe.shopkeeper import pay


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"full_name": "  "}, "Please enter your name"),
        ({"full_name": "x" * 150}, "at most 100 letters"),
        ({"email": ""}, "Please enter the e-mail address"),
        ({"email": "ada@buyer"}, "not a complete e-mail address"),
        ({"email": "ada@buyer.example\r\nBcc: all@buyer.example"}, "not a complete e-mail address"),
        ({"phone": "call me"}, "not a phone number"),
        ({"terms": ""}, "Please agree to the terms"),
    ],
)
async def test_details_at_fault_are_told_beside_their_field_and_kept(buyer, typed, said):
    await buyer.add(1)
    page = (await buyer.check_out(422, **typed)).text
    assert said in page
    assert 'aria-invalid="true"' in page
    assert 'value="Ada Lovelace"' in page or "full_name" in typed
    assert buyer.rows("SELECT count(*) FROM payment WHERE order_id > %s", buyer.began_after) == [(0,)]


async def test_the_page_may_lead_to_the_payment_page_and_nowhere_else(buyer, sandbox):
    await buyer.add(1)
    page = await buyer.client.get(f"{SHOP}/cart")
    assert f"form-action 'self' {sandbox.base_url};" in page.headers["content-security-policy"]


async def test_an_empty_cart_cannot_be_paid(buyer):
    page = (await buyer.check_out(409)).text
    assert "There is nothing to pay for" in page


async def test_only_the_buyers_row_knows_who_buys(buyer):
    await buyer.add(1)
    await buyer.check_out()
    assert buyer.rows("SELECT full_name, email FROM buyer WHERE order_id > %s", buyer.began_after) == [
        ("Ada Lovelace", "ada@buyer.example")
    ]


async def test_stripe_down_keeps_the_tickets_and_says_so(buyer, sandbox):
    await buyer.add(1)
    sandbox.control("stripe", is_down=True)
    page = (await buyer.check_out(503)).text
    assert "Your tickets stay held" in page
    assert buyer.states() == ["HELD"]
    sandbox.control("stripe", is_down=False)
    assert (await buyer.check_out()).headers["location"].startswith(sandbox.base_url)


async def test_who_comes_back_to_change_his_order_has_his_cart_again(buyer):
    await buyer.add(1)
    await buyer.check_out()
    refused = await buyer.post(f"/cart/items/{buyer.item_ids()[0]}/remove", 409)
    assert "This order is being paid" in refused.text
    changed = await buyer.post("/checkout/change", 303)
    assert changed.headers["location"] == f"{SHOP}/cart"
    assert "Your details" in await buyer.cart()
    await buyer.post(f"/cart/items/{buyer.item_ids()[0]}/remove", 303)


async def test_who_had_paid_after_all_is_shown_his_order(buyer):
    await buyer.add(1)
    pay((await buyer.check_out()).headers["location"])
    changed = await buyer.post("/checkout/change", 303)
    assert changed.headers["location"].startswith(f"{SHOP}/orders/")
    assert "has been placed" in await buyer.cart()
    again = await buyer.check_out()
    assert again.headers["location"] == changed.headers["location"]


async def test_after_a_purchase_the_next_tickets_are_another_order(buyer):
    await buyer.add(1)
    pay((await buyer.check_out()).headers["location"])
    await buyer.post("/checkout/change", 303)
    await buyer.add(1)
    assert buyer.order_count() == 2
    assert adults(1) in await buyer.cart()


async def test_free_tickets_need_no_payment(buyer, shops):
    buyer.rows(
        "INSERT INTO price_rule (price_rule_id, shop_id, reseller_id, kind) VALUES ('prl_free', %s, %s, 'FREE') "
        "RETURNING 1",
        shops.canal_house.shop_id,
        shops.canal_house.reseller_id,
    )
    try:
        # A process of its own, which has not read the shop yet.
        async with buying(shops, buyer) as guest:
            await guest.add(2)
            assert "Get my tickets" in await guest.cart()
            placed = await guest.check_out()
            assert placed.headers["location"].startswith(f"{SHOP}/orders/")
            assert (await guest.check_out()).headers["location"] == placed.headers["location"]
    finally:
        buyer.rows("DELETE FROM price_rule WHERE price_rule_id = 'prl_free' RETURNING 1")
    assert buyer.rows("SELECT count(*) FROM payment WHERE order_id > %s", buyer.began_after) == [(0,)]
