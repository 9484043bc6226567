"""Every address of a shop in one place. base path and origin -> hrefs for pages, feeds and structured data"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from api.shops.shop import Shop


@dataclass(frozen=True, slots=True)
class ShopLinks:
    """`base` is empty on a shop's own host and `/s/<slug>` elsewhere; `origin` is where the shop is canonical."""

    base: str
    origin: str
    canonical_base: str

    @classmethod
    def of(cls, shop: Shop, base_path: str, platform_url: str) -> "ShopLinks":
        """A shop with a host of its own is canonical there, under whatever address it was opened."""
        if shop.host:
            return cls(base_path, f"https://{shop.host}", "")
        return cls(base_path, platform_url, f"/s/{shop.slug}")

    def front(self) -> str:
        return f"{self.base}/"

    def search(self, text: str = "") -> str:
        return f"{self.base}/search" + (f"?{urlencode({'q': text})}" if text else "")

    def country(self, slug: str) -> str:
        return f"{self.base}/countries/{quote(slug)}"

    def city(self, slug: str, **query: object) -> str:
        return f"{self.base}/cities/{quote(slug)}{_query(query)}"

    def place(self, slug: str, **query: object) -> str:
        return f"{self.base}/places/{quote(slug)}{_query(query)}"

    def product(self, slug: str, **query: object) -> str:
        return f"{self.base}/tickets/{quote(slug)}{_query(query)}"

    def day(self, slug: str, day: date) -> str:
        return f"{self.base}/tickets/{quote(slug)}/{day.isoformat()}"

    def choose(self, slug: str, day: date, slot_id: str, **query: object) -> str:
        """Where the tickets of one time are chosen; a unit's id in the query is how many of it."""
        return f"{self.day(slug, day)}/{quote(slot_id)}{_query(query)}"

    def cart(self, **query: object) -> str:
        return f"{self.base}/cart{_query(query)}"

    def removal(self, order_item_id: str) -> str:
        return f"{self.base}/cart/items/{quote(order_item_id)}/remove"

    def checkout(self) -> str:
        return f"{self.base}/checkout"

    def change(self) -> str:
        """Where a buyer takes his cart back from the payment page."""
        return f"{self.base}/checkout/change"

    def order(self, secret: str, part: str = "") -> str:
        """An order's own page, or what belongs to it: `tickets.pdf`, `calendar.ics`, `resend`."""
        return f"{self.base}/orders/{quote(secret)}" + (f"/{part}" if part else "")

    def cancellation(self, secret: str, order_item_id: str) -> str:
        return self.order(secret, f"items/{quote(order_item_id)}/cancel")

    def style(self, fingerprint: str) -> str:
        return f"{self.base}/style-{fingerprint}.css"

    def logo(self, revision: int) -> str:
        return f"{self.base}/logo-{revision}"

    def picture(self, media_id: str, width: int) -> str:
        return f"/media/{quote(media_id)}/{width}.webp"

    def canonical(self, href: str) -> str:
        """The one absolute address of a page of this shop, without any query that only arranges it."""
        path = href.partition("?")[0].partition("#")[0]
        if path.startswith("/media/"):
            return self.origin + path
        return self.origin + self.canonical_base + path.removeprefix(self.base)


def _query(values: dict[str, object]) -> str:
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return f"?{urlencode(kept)}" if kept else ""
