"""From a time to the payment page, and back."""

from tests.api.checkout.conftest import ADULT, SHOP, adults


async def test_tickets_are_chosen_held_and_led_to_the_payment_page(buyer, sandbox):
    page = (await buyer.client.get(buyer.choose_address)).text
    assert "Choose your tickets" in page
    assert f'name="{ADULT}"' in page
    added = await buyer.add(2)
    assert added.headers["location"] == f"{SHOP}/cart"
    assert buyer.states() == ["HELD"]
    cart = await buyer.cart()
    assert adults(2) in cart
    assert "29 minutes" in cart or "30 minutes" in cart
    paying = await buyer.check_out()
    assert paying.headers["location"].startswith(sandbox.base_url)
    assert "Continue to payment" in await buyer.cart()
