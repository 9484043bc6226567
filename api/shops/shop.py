"""One reseller's shop as pages and answers need it: how it looks, what it says, what it may show."""

from dataclasses import dataclass

from core.domain.pricing import FeeTerms, PriceRules
from warehouse.readers.shapes import CatalogScope


@dataclass(frozen=True, slots=True)
class ShopAddress:
    """What a request tells about its shop before a tenant is known: a slug in its path, or only its host name."""

    slug: str | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Branding:
    """Colours are `#rrggbb`; `font` names one of our stacks of system fonts."""

    colour_primary: str
    colour_accent: str
    font: str
    has_logo: bool


@dataclass(frozen=True, slots=True)
class Shop:
    """A tenant's shop. `revision` moves with every change of it, and with it every cached page of the shop."""

    shop_id: str
    reseller_id: str
    slug: str
    host: str | None
    name: str
    tagline: str
    intro: str
    branding: Branding
    locale: str
    currency: str
    time_zone: str
    revision: int
    scope: CatalogScope
    price_rules: PriceRules
    terms: FeeTerms

    @property
    def is_open_everywhere(self) -> bool:
        """True where the reseller chose no area, which means everything."""
        return not self.scope.country_codes and not self.scope.city_ids

    def may_show(self, country_code: str | None, city_id: str | None) -> bool:
        """Whether something of this country and city belongs to the shop's area."""
        return self.is_open_everywhere or country_code in self.scope.country_codes or city_id in self.scope.city_ids


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture the reseller gave us; `media_type` is one of image/png, image/webp, image/jpeg."""

    content: bytes
    media_type: str
