"""One visit: somebody looks around, perhaps chooses, pays, wants it back. front page -> how far he came"""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from random import Random
from typing import Final
from urllib.parse import urlsplit

import httpx

from sandbox.stripe.sales.cards import CARDS
from sandbox.visitors.page import Form, Page, read_page

NAMES: Final = ("Ada Jansen", "Ben Novak", "Carla Rossi", "Emma de Boer", "Hugo Martin", "Lotte Visser", "Marco Silva")
# Of those who came so far, who leaves there.
LEAVES_CITY, LEAVES_PRODUCT, LEAVES_CHOICE, LEAVES_CART, LEAVES_PAYMENT = 0.15, 0.3, 0.2, 0.15, 0.12
BY_IDEAL, IS_DECLINED, CANCELS = 0.35, 0.08, 0.06
LOOKS_AT_TIMES: Final = 5
WAITS_FOR_TICKETS: Final = 15
WORKS, DECLINED = (
    next(card for card in CARDS if not card.asks_bank and bool(card.decline) is is_declined)
    for is_declined in (False, True)
)


class Came(StrEnum):
    """How far a visit came."""

    LOOKED = "LOOKED"
    FOUND_NOTHING = "FOUND_NOTHING"
    CHOSE = "CHOSE"
    LEFT_CART = "LEFT_CART"
    LEFT_PAYMENT = "LEFT_PAYMENT"
    WAS_DECLINED = "WAS_DECLINED"
    BOUGHT = "BOUGHT"
    CANCELLED = "CANCELLED"


class Visit:
    """`pause` is called between two pages, as a person reads what is on them."""

    def __init__(
        self, http: httpx.AsyncClient, front: str, chance: Random, pause: Callable[[], Awaitable[None]]
    ) -> None:
        self._http = http
        self._front = front
        self._chance = chance
        self._pause = pause

    async def take_place(self) -> Came:
        """httpx.HTTPError where the shop does not answer."""
        city = await self._follow(await self._open(self._front), "/cities/")
        if city is None or self._happens(LEAVES_CITY):
            return Came.LOOKED
        product = await self._follow(city, "/tickets/")
        if product is None or self._happens(LEAVES_PRODUCT):
            return Came.LOOKED
        chosen = await self._find_time(product)
        if chosen is None:
            return Came.FOUND_NOTHING
        cart = await self._choose(chosen)
        if cart is None:
            return Came.FOUND_NOTHING
        if self._happens(LEAVES_CHOICE):
            return Came.CHOSE
        return await self._buy(cart)

    async def _find_time(self, product: Page) -> Page | None:
        """A day of the product's calendar, and a time of that day."""
        days = [link for link in product.links_to("/tickets/") if _depth(link) == _depth(product.url) + 1]
        for day in self._chance.sample(days, min(len(days), LOOKS_AT_TIMES)):
            page = await self._open(day)
            times = [link for link in page.links_to("/slt_") if _depth(link) == _depth(day) + 1]
            if times:
                return await self._open(self._chance.choice(times))
        return None

    async def _choose(self, page: Page) -> Page | None:
        """The cart with some tickets in it; None where they are not to be had."""
        form = page.form(action="/cart")
        if form is None or not form.numbers:
            return None
        unit, most = next(iter(form.numbers.items()))
        count = min(self._chance.choices((1, 2, 3, 4), (2, 6, 1, 2))[0], most)
        cart = await self._send(form, {unit: str(count)})
        return cart if cart.status == httpx.codes.OK and cart.form(action="/checkout") else None

    async def _buy(self, cart: Page) -> Came:
        form = cart.form(action="/checkout")
        if form is None or self._happens(LEAVES_CART):
            return Came.LEFT_CART
        name = self._chance.choice(NAMES)
        email = f"{name.lower().replace(' ', '.')}{self._chance.randint(1, 999)}@example.com"
        page = await self._send(form, {"full_name": name, "email": email, **form.boxes})
        if self._is_at_shop(page):
            return await self._await_tickets(page)
        if self._happens(LEAVES_PAYMENT):
            return Came.LEFT_PAYMENT
        page = await self._pay(page, name)
        return await self._await_tickets(page) if self._is_at_shop(page) else Came.WAS_DECLINED

    async def _pay(self, page: Page, name: str) -> Page:
        by_ideal = page.form(having={"method": "ideal"})
        if by_ideal and self._happens(BY_IDEAL):
            bank = await self._send(by_ideal, {"name": name})
            form = bank.form()
            return await self._send(form, {"decision": "approve"}) if form else bank
        form = page.form(having={"method": "card"})
        if form is None:
            return page
        card = DECLINED if self._happens(IS_DECLINED) else WORKS
        return await self._send(form, {"number": card.number, "name": name})

    async def _await_tickets(self, page: Page) -> Came:
        """His order's page, looked at until it shows that everything is there, and now and then given back."""
        for _ in range(WAITS_FOR_TICKETS):
            ways_back = page.links_to("/cancel")
            if ways_back and self._happens(CANCELS):
                return await self._cancel(ways_back[0])
            if any(urlsplit(link).path.endswith(".pdf") for link in page.links):
                break
            page = await self._open(page.url)
        return Came.BOUGHT

    async def _cancel(self, address: str) -> Came:
        form = (await self._open(address)).form(action="/cancel")
        if form is None:
            return Came.BOUGHT
        await self._send(form, {})
        return Came.CANCELLED

    async def _follow(self, page: Page, part: str) -> Page | None:
        links = page.links_to(part)
        return await self._open(self._chance.choice(links)) if links else None

    async def _open(self, address: str) -> Page:
        await self._pause()
        return _page(await self._http.get(address))

    async def _send(self, form: Form, typed: Mapping[str, str]) -> Page:
        await self._pause()
        parts = urlsplit(form.action)
        # As a browser says where a form stood, without which a shop takes none.
        headers = {"origin": f"{parts.scheme}://{parts.netloc}"}
        return _page(await self._http.post(form.action, data=form.fields | dict(typed), headers=headers))

    def _is_at_shop(self, page: Page) -> bool:
        return urlsplit(page.url).netloc == urlsplit(self._front).netloc

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share


def _page(response: httpx.Response) -> Page:
    return read_page(str(response.url), response.status_code, response.text)


def _depth(address: str) -> int:
    return urlsplit(address).path.rstrip("/").count("/")
