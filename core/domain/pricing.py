"""What a shop asks for a ticket: the provider's prices and one rule of the reseller -> an offer.

`offer` is the only way a price reaches a page, an answer under /v1 or a cart, so that all of them show the same amount.
"""

from dataclasses import dataclass

from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A price as the provider lists it; `net` is None where the provider does not say what it keeps."""

    original: Money
    retail: Money
    net: Money | None = None


@dataclass(frozen=True, slots=True)
class FullPrice:
    """The shop asks what the provider suggests."""


PriceRule = FullPrice


@dataclass(frozen=True, slots=True)
class Offer:
    """What this shop asks, beside the list price it is compared with."""

    asked: Money
    original: Money

    @property
    def discount(self) -> Money | None:
        """What the buyer saves against the list price; None where nothing is saved."""
        return self.original - self.asked if self.asked < self.original else None


def offer(price: ListedPrice, rule: PriceRule) -> Offer:
    """The offer that `rule` makes of `price`.

    Every rule ends here: the next one is another member of PriceRule and another case.
    """
    match rule:
        case FullPrice():
            return Offer(price.retail, price.original)
