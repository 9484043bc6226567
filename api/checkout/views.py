"""What the pages and answers of a checkout are made of: tickets to choose from, the cart, the way to pay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from api.availability.views import LiveSlot
from api.sale.shapes import OrderKey
from core.domain.money import Money
from core.domain.pricing import Offer
from core.domain.sale import OrderStatus
from warehouse.readers.shapes import Unit

NOTHING_WRONG: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One kind of ticket; `offer` is None where the price is the whole group's. `most` is 0 where none can be had."""

    unit: Unit
    offer: Offer | None
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen of one time. `group_offer` is the price of the whole booking, where it is sold so."""

    live: LiveSlot
    units: tuple[UnitChoice, ...]
    group_offer: Offer | None
    least: int
    most: int

    @property
    def nothing(self) -> Money:
        """Zero in the currency of the prices."""
        offer = self.group_offer or next((choice.offer for choice in self.units if choice.offer), None)
        return offer.asked * 0 if offer else Money(0, self.live.product.currency, self.live.product.currency_precision)

    def total(self, quantities: Mapping[str, int]) -> Money | None:
        """What so many of each cost together; None where nothing is chosen."""
        chosen = [choice for choice in self.units if quantities.get(choice.unit.unit_id, 0) > 0]
        if self.group_offer is not None:
            return self.group_offer.asked if chosen else None
        parts = [choice.offer.asked * quantities[choice.unit.unit_id] for choice in chosen if choice.offer]
        return sum(parts[1:], parts[0]) if parts else None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. `seen` is the total he was shown; `nonce` makes one form count once."""

    product: str
    day: str
    slot_id: str
    quantities: Mapping[str, int]
    seen: Money | None
    nonce: str


class ItemStanding(StrEnum):
    """How an item of a cart stands: CHECKING waits for the supplier's answer, the last two must be chosen again."""

    HELD = "held"
    CHECKING = "checking"
    ENDED = "ended"
    NOT_HELD = "not-held"

    @property
    def may_be_had(self) -> bool:
        return self in (ItemStanding.HELD, ItemStanding.CHECKING)


@dataclass(frozen=True, slots=True)
class CartLine:
    """One kind of ticket. `asked` and `original` are of all of them together."""

    unit_id: str
    unit_type: str
    unit_title: str
    quantity: int
    asked: Money
    original: Money


@dataclass(frozen=True, slots=True)
class CartItem:
    order_item_id: str
    standing: ItemStanding
    product_id: str
    product_slug: str
    product_title: str
    option_title: str
    place_name: str
    city_name: str
    supplier_name: str
    cover_media_id: str | None
    slot_id: str
    local_date: date
    local_start_time: str
    is_all_day: bool
    cancellation_cutoff_seconds: int | None
    confirms_at_once: bool
    hold_expires_at: datetime | None
    lines: tuple[CartLine, ...]

    @property
    def quantities(self) -> dict[str, int]:
        return {line.unit_id: line.quantity for line in self.lines}

    @property
    def is_group_price(self) -> bool:
        """One price for all: it stands on the first line, and the others have none, not even a list price."""
        return len(self.lines) > 1 and not any(line.original.minor for line in self.lines[1:])

    @property
    def asked(self) -> Money:
        return sum((line.asked for line in self.lines[1:]), self.lines[0].asked)

    @property
    def original(self) -> Money:
        return sum((line.original for line in self.lines[1:]), self.lines[0].original)


@dataclass(frozen=True, slots=True)
class Cart:
    """An order before its payment. `payment_url` is the open page at Stripe, while the buyer is there."""

    key: OrderKey
    secret: str = field(repr=False)
    reference: str
    status: OrderStatus
    nothing: Money
    items: tuple[CartItem, ...]
    payment_url: str | None = field(default=None, repr=False)

    @property
    def live_items(self) -> tuple[CartItem, ...]:
        return tuple(item for item in self.items if item.standing.may_be_had)

    @property
    def total(self) -> Money:
        return sum((item.asked for item in self.live_items), self.nothing)

    @property
    def saved(self) -> Money:
        """What the buyer saves against the list prices, where he does."""
        parts = (item.original - item.asked for item in self.live_items)
        return sum((part for part in parts if part.minor > 0), self.nothing)

    @property
    def is_open(self) -> bool:
        return self.status in (OrderStatus.OPEN, OrderStatus.PAYING)

    @property
    def is_checking(self) -> bool:
        return any(item.standing is ItemStanding.CHECKING for item in self.items)

    @property
    def is_ready(self) -> bool:
        return bool(self.live_items) and not self.is_checking

    @property
    def suppliers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.supplier_name for item in self.live_items))

    @property
    def held_until(self) -> datetime | None:
        """When the first of the holds ends."""
        ends = [item.hold_expires_at for item in self.live_items if item.hold_expires_at]
        return min(ends) if ends else None


@dataclass(frozen=True, slots=True)
class Added:
    """Where the tickets went: an order, and the item in it."""

    key: OrderKey
    secret: str = field(repr=False)
    order_item_id: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """After a checkout: the page where to pay, or None where nothing has to be paid."""

    secret: str = field(repr=False)
    payment_url: str | None = field(repr=False)
