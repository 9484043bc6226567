"""How a shop prices one product, wherever its prices come from. a provider's amounts -> the shop's offer"""

from dataclasses import dataclass

from core.domain.money import Money
from core.domain.pricing import FeeTerms, ListedPrice, Offer, PriceRule, offer


@dataclass(frozen=True, slots=True)
class ProductPricing:
    """The rule that decides for the product, and its limits."""

    rule: PriceRule
    terms: FeeTerms
    is_retail_fixed: bool = False

    def offer(self, original: Money, retail: Money, net: Money | None, tax: Money | None = None) -> Offer:
        return offer(ListedPrice(original, retail, net, tax, self.is_retail_fixed), self.rule, self.terms)
