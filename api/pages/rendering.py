"""Turns a template and what it shows into a page. feature's view + shop -> HTML"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.orders.wording import FILTERS as ORDER_FILTERS
from api.pages.assets import API_FOLDER, Assets
from api.pages.formatting import Formats
from api.pages.wording import FILTERS, age_in_words
from api.shops.links import ShopLinks
from api.shops.shop import Shop
from core.domain.clock import Clock

# "Ask me each time, with the ETag you have": a shop's change is seen at once and an unchanged page costs 304.
KEPT: Final = "public, no-cache"
NEVER_KEPT: Final = "private, no-store"
TEMPLATE_FEATURES: Final = (
    "pages",
    "shops",
    "catalog",
    "availability",
    "checkout",
    "orders",
    "accounts",
    "staff",
    "commission",
)


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step from the shop's front to this page; `href` is None for the page itself."""

    name: str
    href: str


class Pages:
    """Renders every page of every shop; holds nothing of a request."""

    def __init__(self, assets: Assets, *, platform_url: str, clock: Clock) -> None:
        self._assets = assets
        self._platform_url = platform_url
        self._clock = clock
        self._environment = _environment()
        self._formats = lru_cache(maxsize=256)(Formats.of)

    def links(self, request: Request) -> ShopLinks:
        """The addresses of the request's shop."""
        return ShopLinks.of(request.state.shop, request.state.base_path, self._platform_url)

    def formats(self, request: Request) -> Formats:
        """How the request's shop writes amounts and dates."""
        shop: Shop = request.state.shop
        return self._formats(shop.locale)

    def shop_page(self, request: Request, template: str, *, is_kept: bool = True, **view: Any) -> HTMLResponse:
        """A page in the shop's colours; one that `is_kept` must look the same for every visitor."""
        shop: Shop = request.state.shop
        links = self.links(request)
        body = self._render(
            template,
            shop=shop,
            links=links,
            style_href=links.style(self._assets.style(shop.branding).fingerprint),
            formats=self._formats(shop.locale),
            **view,
        )
        return HTMLResponse(body, headers={"cache-control": KEPT if is_kept else NEVER_KEPT})

    def problem_page(self, request: Request, status: int, **view: Any) -> HTMLResponse:
        """What a person sees instead of the page asked for, in the shop's colours where there is a shop."""
        if getattr(request.state, "shop", None) is not None:
            page = self.shop_page(request, "pages/problem.html", is_kept=False, status=status, **view)
        else:
            href = self._assets.platform_style_href
            body = self._render("pages/problem.html", shop=None, style_href=href, status=status, **view)
            page = HTMLResponse(body, headers={"cache-control": NEVER_KEPT})
        page.status_code = status
        return page

    def platform_page(self, template: str, **view: Any) -> HTMLResponse:
        """A page of the platform itself."""
        body = self._render(template, shop=None, style_href=self._assets.platform_style_href, **view)
        return HTMLResponse(body, headers={"cache-control": NEVER_KEPT})

    def _render(self, template: str, **view: Any) -> str:
        now = self._clock()
        return self._environment.get_template(template).render(
            script_hrefs=self._assets.script_hrefs,
            age=lambda moment: age_in_words(moment, now),
            **view,
        )


def json_ld(document: dict[str, Any]) -> Markup:
    """schema.org data for a script element; nothing in it can end that element early."""
    text = json.dumps(document, ensure_ascii=False, default=_as_text).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - escaped for exactly this place in the line above


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """With every template compiled: the first visitor would wait a second for his."""
    folders = {name: FileSystemLoader(API_FOLDER / name / "templates") for name in TEMPLATE_FEATURES}
    environment = Environment(
        loader=PrefixLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS | ORDER_FILTERS)
    environment.filters["json_ld"] = json_ld
    for name in environment.list_templates():
        environment.get_template(name)
    return environment
