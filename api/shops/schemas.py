"""A shop as JSON."""

from typing import Self

from pydantic import BaseModel, Field

from api.shops.shop import Shop


class ShopAnswer(BaseModel):
    """A shop's name, look and texts. An empty area means that the shop offers everything."""

    slug: str
    host: str | None = Field(description="The shop's own host name, where it has one.")
    name: str
    tagline: str
    intro: str
    colour_primary: str = Field(examples=["#1f3a5f"])
    colour_accent: str
    locale: str = Field(examples=["en_NL"])
    currency: str = Field(examples=["EUR"])
    time_zone: str = Field(examples=["Europe/Amsterdam"])
    country_codes: list[str]
    city_ids: list[str]

    @classmethod
    def of(cls, shop: Shop) -> Self:
        return cls(
            slug=shop.slug,
            host=shop.host,
            name=shop.name,
            tagline=shop.tagline,
            intro=shop.intro,
            colour_primary=shop.branding.colour_primary,
            colour_accent=shop.branding.colour_accent,
            locale=shop.locale,
            currency=shop.currency,
            time_zone=shop.time_zone,
            country_codes=sorted(shop.scope.country_codes),
            city_ids=sorted(shop.scope.city_ids),
        )
