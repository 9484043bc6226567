"""A day's times as JSON."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, Field

from api.availability.views import DayView, Freshness, OptionDay, TicketPrice, TimeSlot
from api.catalog.schemas import Price
from api.catalog.views import DayState


class TicketPriceAnswer(BaseModel):
    """Of one unit, or of the whole booking where `unit_id` is null."""

    unit_id: str | None
    type: str | None = Field(examples=["ADULT"])
    title: str | None
    price: Price

    @classmethod
    def of(cls, price: TicketPrice) -> Self:
        unit = price.unit
        return cls(
            unit_id=unit.unit_id if unit else None,
            type=unit.type if unit else None,
            title=unit.title if unit else None,
            price=Price.of(price.offer),
        )


class SlotAnswer(BaseModel):
    slot_id: str
    local_start_time: str = Field(examples=["09:30"], description="Wall-clock time of the place.")
    local_end_time: str
    is_all_day: bool
    state: DayState
    vacancies: int | None = Field(description="Null where the supplier gives no number.")
    prices: list[TicketPriceAnswer]

    @classmethod
    def of(cls, slot: TimeSlot) -> Self:
        return cls(
            slot_id=slot.slot_id,
            local_start_time=slot.starts,
            local_end_time=slot.ends,
            is_all_day=slot.is_all_day,
            state=slot.state,
            vacancies=slot.vacancies,
            prices=[TicketPriceAnswer.of(price) for price in slot.prices],
        )


class OptionSlots(BaseModel):
    """Freshness `live` was asked of the supplier now, `snapshot` is what the catalogue knew at `checked_at`."""

    option_id: str
    title: str
    freshness: Freshness
    checked_at: datetime | None
    slots: list[SlotAnswer]

    @classmethod
    def of(cls, option: OptionDay) -> Self:
        return cls(
            option_id=option.option.option_id,
            title=option.option.title,
            freshness=option.freshness,
            checked_at=option.checked_at,
            slots=[SlotAnswer.of(slot) for slot in option.slots],
        )


class DaySlots(BaseModel):
    product_id: str
    day: date
    time_zone: str
    options: list[OptionSlots]

    @classmethod
    def of(cls, view: DayView) -> Self:
        return cls(
            product_id=view.product.product_id,
            day=view.day,
            time_zone=view.product.time_zone,
            options=[OptionSlots.of(option) for option in view.options],
        )
