"""The offer a price rule makes."""

from core.domain.money import Money
from core.domain.pricing import FullPrice, ListedPrice, offer


def test_full_price_asks_what_the_provider_suggests():
    made = offer(
        ListedPrice(original=Money(2500, "EUR"), retail=Money(2250, "EUR"), net=Money(1900, "EUR")), FullPrice()
    )
    assert made.asked == Money(2250, "EUR")
    assert made.discount == Money(250, "EUR")


def test_an_offer_at_or_above_the_list_price_is_no_discount():
    assert offer(ListedPrice(Money(2000, "EUR"), Money(2000, "EUR")), FullPrice()).discount is None
    assert offer(ListedPrice(Money(2000, "EUR"), Money(2100, "EUR")), FullPrice()).discount is None
