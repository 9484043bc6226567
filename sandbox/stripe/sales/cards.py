"""The test cards, by Stripe's own numbers. Number -> what becomes of it"""

from dataclasses import dataclass

# https://docs.stripe.com/testing


@dataclass(frozen=True, kw_only=True)
class Decline:
    """`code` is the error's, `decline_code` the bank's reason behind it."""

    code: str
    decline_code: str
    message: str


DECLINED = Decline(code="card_declined", decline_code="generic_decline", message="Your card was declined.")
NO_MONEY = Decline(code="card_declined", decline_code="insufficient_funds", message="Your card has insufficient funds.")
TOO_OLD = Decline(code="expired_card", decline_code="expired_card", message="Your card has expired.")
WRONG_CVC = Decline(
    code="incorrect_cvc", decline_code="incorrect_cvc", message="Your card's security code is incorrect."
)


@dataclass(frozen=True)
class Card:
    """`asks_bank`: the buyer has to approve the payment at the bank first."""

    number: str
    brand: str
    says: str
    decline: Decline | None = None
    asks_bank: bool = False

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def written(self) -> str:
        return " ".join(self.number[start : start + 4] for start in range(0, len(self.number), 4))


CARDS = (
    Card("4242424242424242", "visa", "works"),
    Card("5555555555554444", "mastercard", "works"),
    Card("4000002500003155", "visa", "asks the bank first", asks_bank=True),
    Card("4000000000000002", "visa", "declined", DECLINED),
    Card("4000000000009995", "visa", "not enough money", NO_MONEY),
    Card("4000000000000069", "visa", "expired", TOO_OLD),
    Card("4000000000000127", "visa", "wrong security code", WRONG_CVC),
)


def card(number: str) -> Card | None:
    """None for any other number: no real card belongs here."""
    digits = "".join(filter(str.isdigit, number))
    return next((item for item in CARDS if item.number == digits), None)
