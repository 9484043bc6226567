"""Amounts as Stripe counts them. Money <-> Stripe's smallest unit

Stripe's unit is the currency's minor unit by ISO 4217, but for those named here: https://docs.stripe.com/currencies
"""

from typing import Final

from api.payments.errors import AmountRefused, StripeMalformed
from core.domain.money import Money

USUAL_PRECISION: Final = 2
PRECISION: Final = {
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"), 0),
    **dict.fromkeys(("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
}
# Stripe keeps two decimals where there are none, or none where there are two.
STRIPE_PRECISION: Final = {**PRECISION, "ISK": 2, "UGX": 2, "MGA": 0}
# Card networks take no thousandths: the last digit has to be zero.
SMALLEST_STEP: Final = dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 10)


def stripe_amount(money: Money) -> int:
    """AmountRefused where Stripe has no such amount; nothing is ever rounded."""
    precision = PRECISION.get(money.currency, USUAL_PRECISION)
    if money.precision != precision:
        raise AmountRefused(f"{money.currency} is paid with {precision} decimals, not {money.precision}")
    amount = _rescaled(money.minor, precision, STRIPE_PRECISION.get(money.currency, USUAL_PRECISION))
    if amount is None or amount % SMALLEST_STEP.get(money.currency, 1):
        raise AmountRefused(f"Stripe cannot take {money.major} {money.currency}: the currency has larger steps there")
    return amount


def money_of(amount: int, currency: str) -> Money:
    """What Stripe wrote, in the currency's own minor units."""
    code = currency.upper()
    precision = PRECISION.get(code, USUAL_PRECISION)
    minor = _rescaled(amount, STRIPE_PRECISION.get(code, USUAL_PRECISION), precision)
    if minor is None:
        raise StripeMalformed(f"stripe: {amount} {currency} is finer than the currency")
    return Money(minor, code, precision)


def _rescaled(amount: int, from_precision: int, to_precision: int) -> int | None:
    """The same amount with other decimals; None where that would round it."""
    if to_precision >= from_precision:
        return int(amount * 10 ** (to_precision - from_precision))
    whole, rest = divmod(amount, 10 ** (from_precision - to_precision))
    return None if rest else int(whole)
