"""An order before its payment, as JSON: what a program asks for, and what it is told."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field

from api.checkout.buyer import LONGEST_EMAIL, LONGEST_NAME, LONGEST_PHONE, TypedBuyer
from api.checkout.choosing import MOST_TICKETS
from api.checkout.forms import new_nonce
from api.checkout.views import Cart, CartItem, CartLine, ItemStanding, Wish
from api.local_day import LocalDay
from core.domain.money import Money
from core.domain.sale import OrderStatus

MOST_KINDS = 20
Id = Annotated[str, Field(min_length=1, max_length=80)]


class TicketsWanted(BaseModel):
    unit_id: Id
    quantity: int = Field(ge=1, le=MOST_TICKETS)


class PriceSeen(BaseModel):
    """The total that the buyer was shown, in minor units."""

    amount_minor: int = Field(ge=0, le=10**12)
    currency: str = Field(pattern="^[A-Z]{3}$", examples=["EUR"])
    currency_precision: int = Field(default=2, ge=0, le=4)


class ItemRequest(BaseModel):
    """Tickets of one time. Send the same `idempotency_key` again after a lost answer: they are held once."""

    product: str = Field(min_length=1, max_length=200, description="A product's id or slug.")
    day: LocalDay = Field(description="A local day of the place.")
    slot_id: Id
    tickets: list[TicketsWanted] = Field(min_length=1, max_length=MOST_KINDS)
    seen: PriceSeen | None = Field(
        default=None, description="Refused with price-changed where it costs something else."
    )
    idempotency_key: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{16,64}$")

    def wish(self, order_id: str) -> Wish:
        quantities: dict[str, int] = {}
        for wanted in self.tickets:
            quantities[wanted.unit_id] = quantities.get(wanted.unit_id, 0) + wanted.quantity
        seen = self.seen
        return Wish(
            product=self.product,
            day=self.day.isoformat(),
            slot_id=self.slot_id,
            quantities=quantities,
            seen=Money(seen.amount_minor, seen.currency, seen.currency_precision) if seen else None,
            # A key is its order's own: two clients that choose the same one never meet.
            nonce=f"{order_id}:{self.idempotency_key}" if self.idempotency_key else new_nonce(),
        )


class BuyerRequest(BaseModel):
    full_name: str = Field(min_length=1, max_length=LONGEST_NAME)
    email: str = Field(min_length=3, max_length=LONGEST_EMAIL)
    phone: str | None = Field(default=None, max_length=LONGEST_PHONE)
    agrees_to_terms: bool = Field(description="The buyer has seen the seller, the supplier and the cancellation terms.")

    def typed(self) -> TypedBuyer:
        return TypedBuyer(self.full_name, self.email, self.phone or "", self.agrees_to_terms)


class LineAnswer(BaseModel):
    """One kind of ticket; amounts are of all of them, and a group's price stands on its first line."""

    unit_id: str
    type: str = Field(examples=["ADULT"])
    title: str
    quantity: int
    asked_minor: int
    original_minor: int

    @classmethod
    def of(cls, line: CartLine) -> Self:
        return cls(
            unit_id=line.unit_id,
            type=line.unit_type,
            title=line.unit_title,
            quantity=line.quantity,
            asked_minor=line.asked.minor,
            original_minor=line.original.minor,
        )


class ItemAnswer(BaseModel):
    """`checking` waits for the supplier's answer: ask again. What `ended` or is `not-held` must be chosen again."""

    order_item_id: str
    standing: ItemStanding
    held_until: datetime | None
    product_id: str
    product_title: str
    option_title: str
    place_name: str
    city_name: str
    supplier_name: str
    slot_id: str
    local_date: date
    local_start_time: str
    is_all_day: bool
    cancellation_cutoff_seconds: int | None = Field(description="Null where it cannot be cancelled.")
    confirms_at_once: bool
    asked_minor: int
    lines: list[LineAnswer]

    @classmethod
    def of(cls, item: CartItem) -> Self:
        return cls(
            order_item_id=item.order_item_id,
            standing=item.standing,
            held_until=item.hold_expires_at,
            product_id=item.product_id,
            product_title=item.product_title,
            option_title=item.option_title,
            place_name=item.place_name,
            city_name=item.city_name,
            supplier_name=item.supplier_name,
            slot_id=item.slot_id,
            local_date=item.local_date,
            local_start_time=item.local_start_time,
            is_all_day=item.is_all_day,
            cancellation_cutoff_seconds=item.cancellation_cutoff_seconds,
            confirms_at_once=item.confirms_at_once,
            asked_minor=item.asked.minor,
            lines=[LineAnswer.of(line) for line in item.lines],
        )


class CartAnswer(BaseModel):
    order_id: str
    reference: str
    status: OrderStatus
    currency: str
    currency_precision: int
    total_minor: int
    items: list[ItemAnswer]

    @classmethod
    def of(cls, cart: Cart) -> Self:
        return cls(
            order_id=cart.key.order_id,
            reference=cart.reference,
            status=cart.status,
            currency=cart.nothing.currency,
            currency_precision=cart.nothing.precision,
            total_minor=cart.total.minor,
            items=[ItemAnswer.of(item) for item in cart.items],
        )


class OrderMade(BaseModel):
    """`secret` is told this once: it opens the order, so keep it like a password."""

    order_id: str
    reference: str
    secret: str


class CheckoutAnswer(BaseModel):
    """`payment_url` is where the buyer pays; null where nothing has to be paid."""

    status: OrderStatus
    payment_url: str | None
