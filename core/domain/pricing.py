"""What a shop asks for a ticket. the provider's prices + one rule of the reseller + fees -> an offer

`offer` is the only way a price reaches a page, an answer under /v1 or a cart, so that all of them show the same amount.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final, Self

from core.domain.money import Money

WHOLE_BPS: Final = 10_000


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A price as the provider lists it; `net` is None where it does not say what it keeps.

    `tax` is the part of `net` that is tax, as far as it is told. `is_retail_fixed` allows no other price than `retail`.
    """

    original: Money
    retail: Money
    net: Money | None = None
    tax: Money | None = None
    is_retail_fixed: bool = False


@dataclass(frozen=True, slots=True)
class FullPrice:
    """The shop asks what the provider suggests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """By a share of the retail price, or by an amount a ticket."""

    bps: int | None = None
    amount: Money | None = None

    def __post_init__(self) -> None:
        sizes = [size for size in (self.bps, self.amount.minor if self.amount else None) if size is not None]
        if len(sizes) != 1 or sizes[0] <= 0:
            raise ValueError("a price changes by a share or by an amount, and by more than nothing")

    def of(self, retail: Money) -> Money:
        """How much `retail` changes."""
        return self.amount if self.amount is not None else retail.share_bps(self.bps or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup(_Change):
    """The shop asks more than the provider suggests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount(_Change):
    """The shop asks less than the provider suggests, and gives up as much of its commission."""

    def __post_init__(self) -> None:
        _Change.__post_init__(self)
        if self.bps is not None and self.bps > WHOLE_BPS:
            raise ValueError("a discount is at most the whole price")


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """The shop asks this for every ticket that is not free anyway."""

    amount: Money

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise ValueError("a fixed price is more than nothing; what costs nothing is Free")


@dataclass(frozen=True, slots=True)
class Free:
    """The buyer pays nothing; the reseller sponsors the ticket and is invoiced."""


PriceRule = FullPrice | Markup | Discount | FixedPrice | Free
FULL_PRICE: Final = FullPrice()


@dataclass(frozen=True, slots=True)
class PriceRules:
    """A shop's rules, by our ids of cities and products; the most specific one decides."""

    shop: PriceRule = FULL_PRICE
    cities: Mapping[str, PriceRule] = field(default_factory=dict, hash=False)
    products: Mapping[str, PriceRule] = field(default_factory=dict, hash=False)

    def rule_for(self, *, city_id: str | None, product_id: str) -> PriceRule:
        """The product's own rule, else its city's, else the shop's."""
        return self.products.get(product_id) or self.cities.get(city_id or "") or self.shop


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """What we and the payment provider keep, as shares of the retail price."""

    platform_fee_bps: int
    payment_fee_bps: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What this shop asks and who gets it: asked + sponsored == net + commission + platform_fee + payment_fee.

    All amounts are of one currency and none is below zero. `sponsored` is what the reseller pays on top; `tax` is the
    part of `net` that is tax, zero where it is not told.
    """

    asked: Money
    original: Money
    retail: Money
    net: Money
    commission: Money
    platform_fee: Money
    payment_fee: Money
    tax: Money
    sponsored: Money

    @property
    def discount(self) -> Money:
        """What the buyer saves against the list price; nothing where the shop asks as much or more."""
        return max(self.original - self.asked, self.asked * 0)

    @property
    def has_discount(self) -> bool:
        return self.discount.minor > 0

    @property
    def is_free(self) -> bool:
        return self.asked.minor == 0

    def times(self, quantity: int) -> Self:
        """The offer of so many tickets; every amount is exactly so many times that of one."""
        return type(self)(*(getattr(self, amount.name) * quantity for amount in fields(self)))


def offer(price: ListedPrice, rule: PriceRule, terms: FeeTerms) -> Offer:
    """The offer that `rule` makes of `price`, within its limits.

    A shop never sells at a loss: it asks at least net and fees, the floor, unless the reseller sponsors the ticket.
    Fees shrink to what retail leaves above net, so that they alone never lift a price above retail; where the provider
    does not tell its net, nothing is left.
    """
    nothing = price.retail * 0
    net = price.retail if price.net is None else price.net
    margin = max(price.retail - net, nothing)
    payment_fee = min(price.retail.share_bps(terms.payment_fee_bps), margin)
    platform_fee = min(price.retail.share_bps(terms.platform_fee_bps), margin - payment_fee)
    if isinstance(rule, Free):
        payment_fee, sponsored, asked = nothing, net + platform_fee, nothing
    else:
        floor = net + platform_fee + payment_fee
        sponsored, asked = nothing, max(price.retail if price.is_retail_fixed else _wanted(price.retail, rule), floor)
    return Offer(
        asked=asked,
        original=price.original,
        retail=price.retail,
        net=net,
        commission=asked + sponsored - net - platform_fee - payment_fee,
        platform_fee=platform_fee,
        payment_fee=payment_fee,
        tax=price.tax or nothing,
        sponsored=sponsored,
    )


def _wanted(retail: Money, rule: PriceRule) -> Money:
    """What the rule asks before any limit. What the provider gives away stays free under every rule."""
    if retail.minor == 0 or not _is_in_currency(retail, rule):
        return retail
    match rule:
        case FullPrice():
            return retail
        case Markup():
            return retail + rule.of(retail)
        case Discount():
            return retail - rule.of(retail)
        case FixedPrice(amount):
            return amount
        case Free():
            return retail * 0


def _is_in_currency(price: Money, rule: PriceRule) -> bool:
    """Whether the rule can be applied to it: amounts are never converted."""
    match rule:
        case Markup(amount=Money() as amount) | Discount(amount=Money() as amount) | FixedPrice(amount):
            return (amount.currency, amount.precision) == (price.currency, price.precision)
        case _:
            return True
