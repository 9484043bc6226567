"""What the sales reader answers with. Each field is a column of the published table of the same idea.

Amounts are integer minor units: 10**currency_precision of them make one major unit of `currency`.
A day is a business day of the reseller, in its own time zone; a refund belongs to the day of its sale.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.money import Money


@dataclass(frozen=True, slots=True)
class Seller:
    """A reseller as the figures know it; `first_sold_on` is None before the first sale."""

    time_zone: str
    first_sold_on: date | None


@dataclass(frozen=True, slots=True)
class SoldCurrency:
    """One of the currencies a reseller ever sold in."""

    currency: str
    currency_precision: int

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency, self.currency_precision)


@dataclass(frozen=True, slots=True)
class Period:
    """Business days `first` to `last`, both included."""

    first: date
    last: date


class Dimension(StrEnum):
    """What sales are split by."""

    PRODUCT = "product"
    CITY = "city"
    SHOP = "shop"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold, and what of it was given back: additive, so any split adds up to its whole."""

    order_item_count: int
    ticket_count: int
    refunded_ticket_count: int
    original_minor: int
    discount_minor: int
    offer_minor: int
    refund_minor: int
    commission_kept_minor: int

    @property
    def net_sales_minor(self) -> int:
        """What buyers paid and did not get back."""
        return self.offer_minor - self.refund_minor

    @property
    def kept_ticket_count(self) -> int:
        return self.ticket_count - self.refunded_ticket_count


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything sold in one currency; an order counts as refunded once all of it was."""

    sold: Sold
    order_count: int
    refunded_order_count: int

    @property
    def kept_order_count(self) -> int:
        return self.order_count - self.refunded_order_count

    @property
    def average_order_minor(self) -> int | None:
        """Net sales by order kept, half a minor unit rounded up; None where no order was kept."""
        orders = self.kept_order_count
        return (2 * self.sold.net_sales_minor + orders) // (2 * orders) if orders else None


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one product, city, shop or day; `name` is None where the catalogue has none (any more)."""

    key: str
    name: str | None
    sold: Sold


@dataclass(frozen=True, slots=True)
class HourSales:
    """An hour of the reseller's clock, over all days of a period."""

    business_hour: int
    ticket_count: int
    offer_minor: int


@dataclass(frozen=True, slots=True)
class SalesRow:
    """The finest grain there is: what an export lists."""

    business_date: date
    shop_id: str
    product_id: str
    product_title: str | None
    city_id: str | None
    city_name: str | None
    country_code: str | None
    sold: Sold


@dataclass(frozen=True, slots=True)
class Visit:
    """Tickets whose holders come on a day, in the place's calendar."""

    local_date: date
    product_id: str
    title: str | None
    ticket_count: int


@dataclass(frozen=True, slots=True)
class SoldItem:
    """One booking of an order; `state` is an `ItemState`, `local_date` the day of the visit."""

    product_id: str
    title: str | None
    city_name: str | None
    local_date: date
    state: str
    ticket_count: int
    is_refunded: bool


@dataclass(frozen=True, slots=True)
class SoldOrder:
    """An order as the reseller may see it: nothing of the buyer."""

    order_id: str
    order_reference: str
    shop_id: str
    sold_at: datetime
    currency: str
    currency_precision: int
    offer_minor: int
    refund_minor: int
    commission_kept_minor: int
    items: tuple[SoldItem, ...]

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency, self.currency_precision)


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """Orders sold in `period`, newest first; with an item in one of `states` where given.

    `reference` finds an order of any day by the beginning of its reference, whatever the case and whatever the period.
    """

    period: Period
    states: frozenset[str] = frozenset()
    reference: str = ""
    page: int = 1
    page_size: int = 25


@dataclass(frozen=True, slots=True)
class OrderList:
    """One page, and how many orders there are on all of them."""

    orders: tuple[SoldOrder, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CityDemand:
    """What people looked for and bought in a city in the last 30 days, over all resellers, and what there is to buy."""

    city_id: str
    slug: str
    name: str
    country_code: str
    latitude: float
    longitude: float
    population: int
    search_count: int
    empty_search_count: int
    visit_count: int
    order_item_count: int
    ticket_count: int
    place_count: int
    product_count: int
    slot_count: int
