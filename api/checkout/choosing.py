"""What may be chosen of a time, and what a choice costs. live slot -> Choice; Choice + quantities -> TicketLines"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.availability.views import LiveSlot
from api.checkout.errors import SoldOut, TicketsRefused
from api.checkout.views import Choice, UnitChoice
from core.domain.pricing import Offer
from warehouse.readers.shapes import Unit

MOST_TICKETS: Final = 50
MOST_ITEMS: Final = 10
ALL_TOGETHER: Final = ""


@dataclass(frozen=True, slots=True)
class TicketLine:
    """`offer` is of all `quantity` tickets together."""

    unit: Unit
    quantity: int
    offer: Offer


def choice_of(live: LiveSlot) -> Choice:
    offers = {price.unit.unit_id: price.offer for price in live.slot.prices if price.unit is not None}
    group = next((price.offer for price in live.slot.prices if price.unit is None), None)
    limits = [live.slot.vacancies, live.slot.max_units, live.option.max_units, MOST_TICKETS]
    most = min(limit for limit in limits if limit is not None) if live.slot.state.may_be_opened else 0
    units = tuple(
        UnitChoice(unit, offers.get(unit.unit_id), unit.min_quantity or 0, _most(unit, most))
        for unit in live.option.units
        if group is not None or unit.unit_id in offers
    )
    return Choice(live, units, group, max(live.option.min_units or 1, 1), most if units else 0)


def lines_of(choice: Choice, quantities: Mapping[str, int]) -> list[TicketLine]:
    """The lines of an order item. TicketsRefused with every fault at once; SoldOut where too few places are left."""
    chosen = {unit_id: quantity for unit_id, quantity in quantities.items() if quantity}
    if choice.most == 0:
        raise SoldOut(left_in_words(0))
    faults = _unit_faults(choice, chosen)
    if faults:
        raise TicketsRefused(faults)
    vacancies = choice.live.slot.vacancies
    if vacancies is not None and sum(chosen.values()) > vacancies:
        raise SoldOut(left_in_words(vacancies))
    fault = _fault_together(choice, sum(chosen.values()))
    if fault:
        raise TicketsRefused({ALL_TOGETHER: fault})
    wanted = [unit for unit in choice.units if unit.unit.unit_id in chosen]
    # The price of a whole group stands on its first line, once: it does not grow with the tickets.
    shares = [_line_offer(choice, unit, chosen, is_first=number == 0) for number, unit in enumerate(wanted)]
    return [TicketLine(unit.unit, chosen[unit.unit.unit_id], offer) for unit, offer in zip(wanted, shares, strict=True)]


def left_in_words(vacancies: int | None) -> str:
    if not vacancies:
        return "Somebody was faster: there are no places left at this time. Please choose another one."
    places = "is 1 place" if vacancies == 1 else f"are {vacancies} places"
    return f"There {places} left at this time. Please choose fewer tickets or another time."


def _line_offer(choice: Choice, unit: UnitChoice, chosen: Mapping[str, int], *, is_first: bool) -> Offer:
    if choice.group_offer is not None:
        return choice.group_offer.times(1 if is_first else 0)
    assert unit.offer is not None  # noqa: S101 - choice_of leaves out what has no price
    return unit.offer.times(chosen[unit.unit.unit_id])


def _unit_faults(choice: Choice, chosen: Mapping[str, int]) -> dict[str, str]:
    known = {unit.unit.unit_id: unit for unit in choice.units}
    faults: dict[str, str] = {}
    for unit_id, quantity in chosen.items():
        unit = known.get(unit_id)
        if unit is None:
            faults[ALL_TOGETHER] = "One of these tickets is not sold for this time."
        elif fault := _unit_fault(unit.unit, quantity):
            faults[unit_id] = fault
    return faults


def _fault_together(choice: Choice, count: int) -> str | None:
    limits = [choice.live.slot.max_units, choice.live.option.max_units, MOST_TICKETS]
    most = min(limit for limit in limits if limit is not None)
    if count == 0:
        return "Please choose at least one ticket."
    if count < choice.least:
        return f"This visit is booked for {choice.least} people or more."
    if count > most:
        return f"At most {most} tickets can be booked at once."
    return None


def _unit_fault(unit: Unit, quantity: int) -> str | None:
    if quantity < 0:
        return f"{unit.title}: the number of tickets cannot be less than nothing."
    if quantity > MOST_TICKETS:
        return f"{unit.title}: at most {MOST_TICKETS} tickets can be booked at once."
    if unit.min_quantity and quantity < unit.min_quantity:
        return f"{unit.title}: at least {unit.min_quantity} are booked together."
    if unit.max_quantity and quantity > unit.max_quantity:
        return f"{unit.title}: at most {unit.max_quantity} are booked together."
    return None


def _most(unit: Unit, most: int) -> int:
    return most if unit.max_quantity is None else min(most, unit.max_quantity)
