"""Every currency in Stripe's own units, and back, to the last one."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.payments.amounts import PRECISION, STRIPE_PRECISION, money_of, stripe_amount
from api.payments.errors import AmountRefused, StripeMalformed
from core.domain.money import Money


@pytest.mark.parametrize(
    ("money", "amount"),
    [
        (Money(1250, "EUR"), 1250),
        (Money(1250, "JPY", 0), 1250),
        (Money(1250, "KWD", 3), 1250),
        (Money(1250, "ISK", 0), 125_000),
        (Money(1250, "UGX", 0), 125_000),
        (Money(125_000, "MGA"), 1250),
        (Money(1250, "HUF"), 1250),
    ],
)
def test_stripe_counts_its_own_way(money, amount) -> None:
    assert stripe_amount(money) == amount
    assert money_of(amount, money.currency.lower()) == money


@pytest.mark.parametrize(
    ("money", "reason"),
    [
        (Money(1255, "KWD", 3), "larger steps"),
        (Money(125_050, "MGA"), "larger steps"),
        (Money(1250, "JPY", 2), "0 decimals"),
        (Money(1250, "EUR", 3), "2 decimals"),
    ],
)
def test_what_stripe_cannot_take_is_refused_and_not_rounded(money, reason) -> None:
    with pytest.raises(AmountRefused, match=reason):
        stripe_amount(money)


def test_an_amount_finer_than_its_currency_is_no_answer() -> None:
    with pytest.raises(StripeMalformed):
        money_of(125_050, "isk")


@given(some.integers(1, 10**8), some.sampled_from(sorted({"EUR", *STRIPE_PRECISION})))
def test_what_stripe_takes_comes_back_as_it_was(minor, currency) -> None:
    money = Money(minor, currency, PRECISION.get(currency, 2))
    try:
        amount = stripe_amount(money)
    except AmountRefused:
        return
    assert money_of(amount, currency) == money
