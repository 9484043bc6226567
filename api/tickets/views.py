"""All that a ticket says, once for page, PDF, calendar and mail. order, booking and catalogue -> IssuedOrder"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from api.shops.shop import Logo, Shop
from core.domain.money import Money


class TicketFormat(StrEnum):
    """OCTO's deliveryFormat; OTHER is a value we do not know, whose ticket is shown as the text it is."""

    QRCODE = "QRCODE"
    CODE128 = "CODE128"
    AZTECCODE = "AZTECCODE"
    PDF_URL = "PDF_URL"
    PKPASS_URL = "PKPASS_URL"
    OTHER = "OTHER"

    @classmethod
    def _missing_(cls, value: object) -> "TicketFormat":
        del value
        return cls.OTHER


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """`unit_title` is None for a voucher that admits the whole booking."""

    unit_title: str | None
    format: TicketFormat
    value: str

    @property
    def link(self) -> str | None:
        """Where the supplier keeps the ticket; None for a code, and for an address that is no web address."""
        is_kept_there = self.format in {TicketFormat.PDF_URL, TicketFormat.PKPASS_URL}
        return self.value if is_kept_there and self.value.startswith(("https://", "http://")) else None


@dataclass(frozen=True, slots=True)
class IssuedUnits:
    """How many of one kind of visitor the booking admits."""

    title: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedItem:
    """One booking at a supplier. `starts_at` and `ends_at` are UTC, `time_zone` is the place's IANA name.

    `opening_hours` are local `HH:MM` pairs, said where the visit is all day; `local_date` is the place's.
    `cancellation` is the terms in words. `price` is what the buyer paid for the item.
    """

    item_id: str
    product_title: str
    option_title: str | None
    supplier_name: str
    place_name: str
    street_address: str | None
    city_name: str
    local_date: date
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    is_all_day: bool
    opening_hours: tuple[tuple[str, str], ...]
    supplier_reference: str | None
    cancellation: str
    price: Money
    units: tuple[IssuedUnits, ...]
    tickets: tuple[IssuedTicket, ...]

    @property
    def admission(self) -> tuple[IssuedTicket, ...]:
        """What to show at the entrance: the tickets or, where the supplier gave none, its reference for their list."""
        listed = IssuedTicket(None, TicketFormat.OTHER, self.supplier_reference or "Your name is on the list")
        return self.tickets or (listed,)

    @property
    def starts_local(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def ends_local(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHead:
    """Whose order it is, as all that is sent about it says. `reference` is for people to say: `TQ-7K3M-9QX2`.

    `seller_name` is the reseller in law. `page_url` is the order's secret address, absolute: it opens everything, so it
    goes to the buyer alone (mail, calendar) and is not printed on the tickets.
    """

    reference: str
    shop: Shop
    logo: Logo | None
    seller_name: str
    buyer_name: str
    page_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedOrder(OrderHead):
    """The confirmed items of one order, and what the buyer paid for them."""

    total: Money
    items: tuple[IssuedItem, ...]
