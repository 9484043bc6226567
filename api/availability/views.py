"""What a day's page and its JSON are made of: times and prices of each option, with their age."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from api.catalog.views import CalendarCell, DayState
from core.domain.ports import ProviderSlot
from core.domain.pricing import Offer
from warehouse.readers.shapes import City, Option, Place, Product, Unit


class Freshness(StrEnum):
    """Where an option's times come from."""

    LIVE = "live"
    SNAPSHOT = "snapshot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TicketPrice:
    """Of one unit, or of the whole booking where `unit` is None."""

    unit: Unit | None
    offer: Offer


@dataclass(frozen=True, slots=True)
class TimeSlot:
    """One time of the place's day. `vacancies` is None where the supplier gives no number."""

    slot_id: str
    starts: str
    ends: str
    is_all_day: bool
    opening_hours: tuple[tuple[str, str], ...]
    state: DayState
    vacancies: int | None
    max_units: int | None
    prices: tuple[TicketPrice, ...]

    @property
    def lead_offer(self) -> Offer | None:
        """The price to show beside the time: an adult's where there is one, else the dearest."""
        adults = [price for price in self.prices if price.unit is not None and price.unit.type == "ADULT"]
        chosen = adults or sorted(self.prices, key=lambda price: -price.offer.asked.minor)
        return chosen[0].offer if chosen else None


@dataclass(frozen=True, slots=True)
class LiveSlot:
    """One time that the supplier offers now: `slot` as a shop shows it, `provided` as it is booked."""

    product: Product
    city: City
    place: Place
    option: Option
    slot: TimeSlot
    provided: ProviderSlot

    @property
    def day(self) -> date:
        return self.provided.starts_at.date()

    @property
    def cancellation_cutoff_seconds(self) -> int | None:
        """The option's own, else the product's; None where it cannot be cancelled."""
        own = self.option.cancellation_cutoff_seconds
        return self.product.cancellation_cutoff_seconds if own is None else own


@dataclass(frozen=True, slots=True)
class OptionDay:
    """`checked_at` is None where nothing is known."""

    option: Option
    slots: tuple[TimeSlot, ...]
    freshness: Freshness
    checked_at: datetime | None

    @property
    def shared_prices(self) -> tuple[TicketPrice, ...]:
        """The price list where every open time costs the same; empty where times differ or there are none."""
        lists = {slot.prices for slot in self.slots if slot.state.may_be_opened}
        return lists.pop() if len(lists) == 1 else ()

    @property
    def is_sold_out(self) -> bool:
        return bool(self.slots) and not any(slot.state.may_be_opened for slot in self.slots)


@dataclass(frozen=True, slots=True)
class DayView:
    """`days` are the week around `day`, as the catalogue last knew them."""

    product: Product
    city: City
    day: date
    previous: date | None
    following: date
    days: tuple[CalendarCell, ...]
    options: tuple[OptionDay, ...]

    @property
    def is_unknown(self) -> bool:
        return all(option.freshness is Freshness.UNKNOWN for option in self.options)

    @property
    def is_live(self) -> bool:
        return all(option.freshness is Freshness.LIVE for option in self.options)

    @property
    def oldest_check(self) -> datetime | None:
        checks = [option.checked_at for option in self.options if option.checked_at is not None]
        return min(checks) if checks else None

    @property
    def open_count(self) -> int:
        return sum(slot.state.may_be_opened for option in self.options for slot in option.slots)
