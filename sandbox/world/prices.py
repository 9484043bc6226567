"""What a product costs on a day. Product + season -> Price in minor units of the currency asked for"""

from dataclasses import dataclass, replace

from core.domain.money import Money
from sandbox.world.geography import Country
from sandbox.world.offers import Kind, Offer
from sandbox.world.products import Product
from sandbox.world.seasons import Season

SEASON_BPS = {Season.LOW: 9200, Season.NORMAL: 10000, Season.HIGH: 11200}
WHOLE_BPS = 10_000
EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Price:
    """`net_minor` is None where the supplier works by commission; tax parts are included in the amounts beside them."""

    original_minor: int
    retail_minor: int
    net_minor: int | None
    currency: str
    currency_precision: int
    vat_bps: int

    def __add__(self, other: "Price") -> "Price":
        net = None if self.net_minor is None or other.net_minor is None else self.net_minor + other.net_minor
        original, retail = self.original_minor + other.original_minor, self.retail_minor + other.retail_minor
        return replace(self, original_minor=original, retail_minor=retail, net_minor=net)

    def times(self, count: int) -> "Price":
        net = None if self.net_minor is None else self.net_minor * count
        original, retail = self.original_minor * count, self.retail_minor * count
        return replace(self, original_minor=original, retail_minor=retail, net_minor=net)

    def split(self, count: int) -> "list[Price]":
        """`count` parts that add up to the whole."""
        originals, retails = self._split(self.original_minor, count), self._split(self.retail_minor, count)
        nets = [None] * count if self.net_minor is None else self._split(self.net_minor, count)
        return [
            replace(self, original_minor=original, retail_minor=retail, net_minor=net)
            for original, retail, net in zip(originals, retails, nets, strict=True)
        ]

    def _split(self, minor: int, count: int) -> list[int]:
        return [part.minor for part in Money(minor, self.currency, self.currency_precision).split([1] * count)]

    @staticmethod
    def tax_in(amount_minor: int, vat_bps: int) -> int:
        """The tax that an amount contains, rounded down."""
        return amount_minor * vat_bps // (WHOLE_BPS + vat_bps)


def adult_price_minor(kind: Kind, offer: Offer, country: Country, place_bps: int) -> int:
    """The usual price of one adult, or of the whole booking, in the country's currency."""
    euro = Money(kind.admission_minor, EURO)
    local = euro.share_bps(offer.price_bps).share_bps(country.level_bps).share_bps(place_bps)
    return round_to_step(local.minor * country.per_euro_minor // 100, country.price_step_minor)


def round_to_step(minor: int, step: int) -> int:
    """Prices as people print them: nearest step, and never below one unless free."""
    return max(step, (minor + step // 2) // step * step) if minor > 0 else 0


def price(product: Product, share_bps: int, season: Season, currency: str, *, change_bps: int = WHOLE_BPS) -> Price:
    """The price of a unit with this share of the adult price; `change_bps` is a supplier's new price list."""
    country = product.place.city.country
    factor = SEASON_BPS[season] if product.has_seasonal_prices else WHOLE_BPS
    local = Money(product.adult_minor, country.currency, country.currency_precision)
    retail = round_to_step(
        local.share_bps(factor).share_bps(share_bps).share_bps(change_bps).minor, country.price_step_minor
    )
    precision = country.currency_precision
    if currency != country.currency:
        retail, precision = retail * 100 // country.per_euro_minor, 2
    amount = Money(retail, currency, precision)
    net = None if product.is_commission_only else retail - amount.share_bps(product.commission_bps).minor
    original = amount.share_bps(product.offer.struck_bps).minor
    return Price(max(original, retail), retail, net, currency, precision, country.vat_bps)
