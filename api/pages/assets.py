"""Styles and scripts of the pages, fingerprinted so that browsers may keep them for a year. files -> hrefs and bytes"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from api.pages.theme import theme_css
from api.shops.shop import Branding

API_FOLDER: Final = Path(__file__).resolve().parent.parent
# Order matters: what a feature adds may refine what the base says.
STYLE_SHEETS: Final = (
    "pages/static/pages.css",
    "catalog/static/catalog.css",
    "catalog/static/product.css",
    "availability/static/availability.css",
    "checkout/static/choose.css",
    "checkout/static/cart.css",
    "orders/static/orders.css",
    "accounts/static/accounts.css",
    "staff/static/staff.css",
)
# Each is a module of its own: a page loads only what it needs.
SCRIPTS: Final = {"pages": "pages/static/pages.js", "checkout": "checkout/static/checkout.js"}
FOREVER: Final = "public, max-age=31536000, immutable"
_COMMENTS: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES: Final = re.compile(r"\s+")
_AROUND: Final = re.compile(r"\s*([{};,>])\s*")


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """One shop's whole style: one request before the first paint, and none on the next page."""

    css: str
    fingerprint: str


class Assets:
    """Reads every file once, at start."""

    def __init__(self) -> None:
        self._base = minified("\n".join((API_FOLDER / name).read_text("utf-8") for name in STYLE_SHEETS))
        files = {name: (API_FOLDER / path).read_bytes() for name, path in SCRIPTS.items()}
        self.script_hrefs = {name: f"/static/{name}-{fingerprint(script)}.js" for name, script in files.items()}
        self.scripts = {self.script_hrefs[name]: script for name, script in files.items()}
        self.style = lru_cache(maxsize=512)(self._style)

    def _style(self, branding: Branding | None) -> StyleSheet:
        css = (theme_css(branding) if branding else theme_css(PLATFORM_BRANDING)) + self._base
        return StyleSheet(css, fingerprint(css.encode()))

    @cached_property
    def platform_style_href(self) -> str:
        return f"/static/style-{self.style(None).fingerprint}.css"


# Pages that belong to no shop, such as the answer to an unknown address.
PLATFORM_BRANDING: Final = Branding("#23395b", "#f2b84b", "sans", has_logo=False)


def minified(css: str) -> str:
    """Without comments and needless space; nothing cleverer, so that what is written is what is served."""
    return _AROUND.sub(r"\1", _SPACES.sub(" ", _COMMENTS.sub("", css))).strip()


def fingerprint(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()
