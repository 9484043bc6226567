"""The checkout's pages, whole and with what went wrong on them. views + typed values -> HTML responses"""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from math import ceil
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.checkout.buyer import TypedBuyer
from api.checkout.cookies import set_cart
from api.checkout.errors import BuyerRefused, TicketsRefused
from api.checkout.forms import new_nonce, shown_prices
from api.checkout.views import Cart, CartItem, Choice
from api.delivery.request_context import content_security_policy
from api.errors import StatusCoded
from api.pages.rendering import Crumb, Pages
from api.sale.shapes import PaymentPage
from api.shops.links import ShopLinks
from api.shops.shop import Shop
from api.wiring import Platform, is_production, platform_of
from core.domain.money import Money

# Long enough to show how the shop groups digits.
SAMPLE_MINOR: Final = 1_234_567


class CheckoutPages:
    """One request's pages. A problem is told on the page it concerns, which keeps all that was typed."""

    def __init__(self, request: Request, platform: Annotated[Platform, Depends(platform_of)]) -> None:
        self._request = request
        self._pages: Pages = platform.pages
        self._checkout_origin = platform.gateway.checkout_origin
        self._is_secure = is_production(platform.settings)
        self._clock = platform.clock

    @property
    def links(self) -> ShopLinks:
        return self._pages.links(self._request)

    def choice(
        self,
        choice: Choice,
        typed: Mapping[str, str] | None = None,
        *,
        nonce: str | None = None,
        problem: StatusCoded | None = None,
    ) -> HTMLResponse:
        """Tickets to choose from; `typed` are the quantities in the fields."""
        product = choice.live.product
        quantities = dict(typed) if typed else _suggested(choice)
        faults = problem.faults if isinstance(problem, TicketsRefused) else {}
        return self._page(
            "checkout/choose.html",
            problem,
            choice=choice,
            live=choice.live,
            typed=quantities,
            total=choice.total(_numbers(quantities)),
            count=sum(_numbers(quantities).values()),
            shown_prices=shown_prices(choice),
            sample=Money(SAMPLE_MINOR, choice.nothing.currency, choice.nothing.precision),
            nonce=nonce or new_nonce(),
            faults=faults,
            crumbs=[
                Crumb(product.title, self.links.product(product.slug)),
                Crumb(self._day_name(choice.live.day), self.links.day(product.slug, choice.live.day)),
            ],
            path="",
        )

    def not_on_sale(self, problem: StatusCoded, product: str, day: str) -> HTMLResponse:
        """A time that is gone, or that cannot be checked: the day's other times are one step away."""
        day_href = self.links.day(product, date.fromisoformat(day))
        page = self._page("checkout/not_on_sale.html", problem, day_href=day_href)
        if problem.retry_after_seconds:
            page.headers["retry-after"] = str(problem.retry_after_seconds)
        return page

    def cart(
        self,
        cart: Cart | None,
        typed: TypedBuyer | None = None,
        *,
        problem: StatusCoded | None = None,
        removed: CartItem | None = None,
    ) -> HTMLResponse:
        now = self._clock()
        page = self._page(
            "checkout/cart.html",
            problem,
            cart=cart,
            typed=typed or TypedBuyer(),
            faults=problem.faults if isinstance(problem, BuyerRefused) else {},
            removed=removed,
            now=now,
            minutes_left=ceil((cart.held_until - now).total_seconds() / 60) if cart and cart.held_until else 0,
        )
        # The answer to this page's form leads to the payment page.
        page.headers["content-security-policy"] = content_security_policy(self._checkout_origin)
        return page

    def with_cart(self, secret: str) -> Response:
        """To the cart, which this browser opens from now on."""
        response = self.go_to(self.links.cart())
        set_cart(self._request, response, secret, is_secure=self._is_secure)
        return response

    def go_to(self, address: str) -> Response:
        return RedirectResponse(address, HTTPStatus.SEE_OTHER)

    def payment_page(self, shop: Shop, secret: str) -> PaymentPage:
        """Where the payment page sends the buyer back to: the host he came by, which has his cookie."""
        scheme = "https" if self._is_secure else self._request.url.scheme
        origin = f"{scheme}://{self._request.headers.get('host', '')}"
        return PaymentPage(origin + self.links.order(secret), origin + self.links.cart(), shop.locale)

    def _page(self, template: str, problem: StatusCoded | None, **view: Any) -> HTMLResponse:
        page = self._pages.shop_page(self._request, template, is_kept=False, problem=problem, **view)
        page.status_code = problem.status_code if problem else HTTPStatus.OK
        return page

    def _day_name(self, day: date) -> str:
        return self._pages.formats(self._request).short_day(day)


def _suggested(choice: Choice) -> dict[str, str]:
    """One of the first kind that an adult would take, or as many as are sold at least."""
    adults = [unit for unit in choice.units if unit.unit.type == "ADULT"] or list(choice.units)
    first = adults[:1] if choice.most else []
    return {unit.unit.unit_id: str(max(1, unit.least, choice.least) if unit in first else 0) for unit in choice.units}


def _numbers(typed: Mapping[str, str]) -> dict[str, int]:
    """What can be counted of what was typed."""
    return {name: int(text) for name, text in typed.items() if text.isdecimal() and len(text) <= 3}  # noqa: PLR2004
