"""The forms of the checkout, as browsers send them. form fields -> Wish with quantities, TypedBuyer

A form of tickets carries, besides what was chosen, the prices that its page showed: the buyer is asked again when they
are not the prices of now.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import FormData

from api.checkout.buyer import TypedBuyer
from api.checkout.choosing import ALL_TOGETHER
from api.checkout.errors import TicketsRefused
from api.checkout.views import Choice, Wish
from core.domain.money import Money

LONGEST_FIELD: Final = 300
MOST_FIELDS: Final = 60
UNIT_FIELD: Final = re.compile(r"unt_[A-Za-z0-9_-]{1,60}")
_WHOLE_NUMBER: Final = re.compile(r"[+-]?\d{1,6}")
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_SEEN: Final = re.compile(r"([A-Z]{3})\.([0-4])((?:~[A-Za-z0-9_-]*=\d{1,12}){1,60})")


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def nonce_of(form: FormData) -> str:
    """The form's own; a form without a proper one counts as a new one."""
    nonce = text_of(form, "nonce")
    return nonce if _NONCE.fullmatch(nonce) else new_nonce()


def text_of(form: FormData | Mapping[str, str], name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:LONGEST_FIELD] if isinstance(value, str) else ""


def typed_quantities(fields: FormData | Mapping[str, str]) -> dict[str, str]:
    """As typed, so that a page can show them again."""
    return {name: text_of(fields, name)[:12] for name in list(fields)[:MOST_FIELDS] if UNIT_FIELD.fullmatch(name)}


def quantities_of(typed: Mapping[str, str]) -> dict[str, int]:
    """An empty field is none. TicketsRefused where it is not a whole number."""
    faults = {name: "Please enter a whole number." for name, text in typed.items() if not _is_number(text)}
    if faults:
        raise TicketsRefused(faults)
    return {name: int(text) if text else 0 for name, text in typed.items()}


def wish_of(form: FormData, quantities: Mapping[str, int]) -> Wish:
    return Wish(
        product=text_of(form, "product"),
        day=text_of(form, "day"),
        slot_id=text_of(form, "slot"),
        quantities=quantities,
        seen=_seen_total(text_of_prices(form), quantities),
        nonce=nonce_of(form),
    )


def buyer_of(form: FormData) -> TypedBuyer:
    return TypedBuyer(
        full_name=text_of(form, "full_name"),
        email=text_of(form, "email"),
        phone=text_of(form, "phone"),
        agrees=text_of(form, "terms") == "yes",
    )


def shown_prices(choice: Choice) -> str:
    """`EUR.2~unt_a=1500~unt_b=750`, or `EUR.2~=12000` for a whole group: what the page showed, for the form to tell."""
    if choice.group_offer is not None:
        asked = {ALL_TOGETHER: choice.group_offer.asked}
    else:
        asked = {unit.unit.unit_id: unit.offer.asked for unit in choice.units if unit.offer}
    return f"{choice.nothing.currency}.{choice.nothing.precision}" + "".join(
        f"~{name}={money.minor}" for name, money in asked.items()
    )


def text_of_prices(form: FormData) -> str:
    """Longer than other fields: one price for each kind of ticket."""
    value = form.get("seen", "")
    return value if isinstance(value, str) else ""


def _seen_total(text: str, quantities: Mapping[str, int]) -> Money | None:
    """None where the form does not tell what it showed."""
    found = _SEEN.fullmatch(text)
    if found is None:
        return None
    currency, precision, listed = found.groups()
    prices = {name: int(minor) for name, minor in (part.split("=") for part in listed[1:].split("~"))}
    if ALL_TOGETHER in prices:
        minor = prices[ALL_TOGETHER]
    else:
        minor = sum(prices.get(name, 0) * quantity for name, quantity in quantities.items())
    return Money(minor, currency, int(precision))


def _is_number(text: str) -> bool:
    return not text or _WHOLE_NUMBER.fullmatch(text) is not None
