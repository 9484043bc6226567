"""Currencies as Stripe counts them, and what a payment in one of them costs. Amount -> fee"""

from decimal import Decimal

from babel.numbers import format_currency, list_currencies

CURRENCIES = frozenset(code.lower() for code in list_currencies(locale="en"))
# https://docs.stripe.com/currencies: ISK and UGX are written with two decimals there that are always zero.
ZERO_DECIMAL = frozenset(
    {"bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"}
)
THREE_DECIMAL = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])
SMALLEST = {"eur": 50, "usd": 50, "gbp": 30, "chf": 50, "dkk": 250, "sek": 300, "nok": 300, "jpy": 50, "czk": 1500}
SMALLEST_ELSEWHERE = 50

CARD_BPS = 150
CARD_FIXED = {"eur": 25, "usd": 30, "gbp": 20, "jpy": 40}
CARD_FIXED_ELSEWHERE = 30
IDEAL_FIXED = 29


def precision(currency: str) -> int:
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def written(amount: int, currency: str) -> str:
    """As people read it: 1250 eur is €12.50, 1250 jpy is ¥1,250."""
    major = Decimal(amount).scaleb(-precision(currency))
    pattern = "¤#,##0" + ("." + "0" * precision(currency) if precision(currency) else "")
    return format_currency(major, currency.upper(), pattern, locale="en", currency_digits=False)


def smallest(currency: str) -> int:
    return SMALLEST.get(currency, SMALLEST_ELSEWHERE)


def fee(amount: int, currency: str, method: str) -> int:
    """What Stripe keeps of a payment, half a minor unit rounded up; a refund gives none of it back."""
    if method == "ideal":
        return IDEAL_FIXED
    return (amount * CARD_BPS * 2 + 10_000) // 20_000 + CARD_FIXED.get(currency, CARD_FIXED_ELSEWHERE)
