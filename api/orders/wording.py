"""Why, what comes back and until when, in whole sentences. facts of an order item -> what its buyer reads"""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from api.pages.wording import cutoff_in_words
from api.sale.shapes import Failure
from api.tickets.views import IssuedItem
from api.tickets.wording import place_in_words, time_in_words
from core.domain.sale import ItemState, RefundReason

_REASONS: Final = {
    Failure.SOLD_OUT: "The last of these tickets were sold to somebody else while you paid.",
    Failure.PRICE_CHANGED: "The supplier raised its price while you paid, and nobody is charged more than was shown.",
    Failure.HOLD_ENDED: "The supplier no longer held these tickets when your payment arrived.",
    Failure.REFUSED: "The supplier did not accept this booking.",
    Failure.NO_ANSWER: "The supplier did not answer in time, and we did not want to keep you waiting.",
    Failure.PAYMENT_GONE: (
        "Your bank no longer kept the amount for us when the supplier had confirmed, so the tickets were given back."
    ),
    Failure.REJECTED: "The supplier looked at your booking and could not accept it.",
}
_UNKNOWN_REASON: Final = "The supplier could not issue these tickets."


def terms_in_words(cutoff_seconds: int | None) -> str:
    return cutoff_in_words(cutoff_seconds) or "These tickets cannot be cancelled or changed"


def end_in_words(state: ItemState, failure: str | None) -> str:
    """Why an item has no tickets."""
    if state is ItemState.CANCELLED and failure != Failure.PAYMENT_GONE:
        return "Cancelled, as you asked. These tickets admit nobody any more."
    return _REASONS.get(Failure(failure), _UNKNOWN_REASON) if failure else _UNKNOWN_REASON


def reason_in_words(reason: RefundReason, state: ItemState, failure: str | None) -> str:
    """Why money goes back."""
    if reason is RefundReason.GOODWILL:
        return "This is our apology to you. Your tickets stay valid."
    return end_in_words(state, failure)


def masked_address(email: str) -> str:
    """`p***@example.com`: enough for its owner to know it."""
    name, at, host = email.rpartition("@")
    return f"{name[:1]}***{at}{host}"


def already_over(state: ItemState) -> str:
    match state:
        case ItemState.REDEEMED:
            return "These tickets were used already."
        case ItemState.CANCELLED | ItemState.CANCEL_REQUESTED:
            return "These tickets were cancelled already."
        case _:
            return "There are no tickets to cancel here."


def never_cancellable(supplier_name: str) -> str:
    return f"{supplier_name} takes no tickets back, as was said before you paid."


def supplier_refused(supplier_name: str) -> str:
    return f"{supplier_name} was asked and would not take these tickets back any more. They stay valid."


def too_late(cutoff_seconds: int) -> str:
    terms = terms_in_words(cutoff_seconds)
    return f"It is too late. The terms were: {terms[0].lower()}{terms[1:]}."


def at_place(moment: datetime, booking: IssuedItem) -> datetime:
    return moment.astimezone(ZoneInfo(booking.time_zone))


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "at_place": at_place,
    "place_in_words": place_in_words,
    "time_in_words": time_in_words,
}
