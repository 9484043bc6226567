"""Turns a template into the two bodies of a message. order + template -> HTML, plain text"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.pages.formatting import Formats
from api.pages.theme import DARK_SURFACE, LIGHT_SURFACE, readable_on, readable_tint, safe_colour
from api.shops.shop import Branding
from api.tickets.views import OrderHead
from api.tickets.wording import admits, party_in_words, place_in_words, time_in_words

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Paint:
    """The shop's colour, what is read on it, and it as text on light and on dark."""

    brand: str
    on_brand: str
    text: str
    text_on_dark: str

    @classmethod
    def of(cls, branding: Branding) -> "Paint":
        brand = safe_colour(branding.colour_primary)
        light, dark = readable_tint(brand, LIGHT_SURFACE), readable_tint(brand, DARK_SURFACE)
        return cls(brand, readable_on(brand), light, dark)


def html_body(template: str, order: OrderHead, **view: Any) -> str:
    return _render(f"{template}.html", order, paint=Paint.of(order.shop.branding), **view)


def text_body(template: str, order: OrderHead, **view: Any) -> str:
    return _render(f"{template}.txt", order, **view)


def _render(name: str, order: OrderHead, **view: Any) -> str:
    return _environment().get_template(name).render(order=order, formats=Formats.of(order.shop.locale), **view)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Text is not escaped, as nothing reads it but people."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        admits=admits, party_in_words=party_in_words, place_in_words=place_in_words, time_in_words=time_in_words
    )
    return environment
