"""Three demo shops of different character. -> ShopDraft"""

from typing import Final

from api.demo_logos import canal_houses, columns, tent_by_the_sea
from api.shops.opening import Area, ShopDraft
from core.domain.pricing import Discount, Free, Markup, PriceRules

# Ids of cities are made of geonames' own, so they are known before any catalogue is.
LONDON: Final = Area("GB", "cty_2643743")
BERLIN: Final = Area("DE", "cty_2950159")
PRAGUE: Final = Area("CZ", "cty_3067696")
LYON: Final = "cty_2996944"


def demo_shops() -> tuple[ShopDraft, ...]:
    return _hotel(), _campsite(), _museum_friends()


def _hotel() -> ShopDraft:
    return ShopDraft(
        reseller="Hotel Herengracht",
        slug="herengracht",
        name="Hotel Herengracht",
        tagline="The Low Countries, one canal at a time",
        intro="Our concierge's choice of museums, palaces and boats in the Netherlands and Belgium. "
        "Choose a time here, and walk past the queue.",
        colour_primary="#143d38",
        colour_accent="#d9a441",
        font="serif",
        locale="en_NL",
        currency="EUR",
        time_zone="Europe/Amsterdam",
        logo=canal_houses("#143d38", "#f6efe0", "#d9a441"),
        areas=(Area("NL"), Area("BE")),
    )


def _campsite() -> ShopDraft:
    return ShopDraft(
        reseller="Camping Les Pins",
        slug="les-pins",
        name="Camping Les Pins",
        tagline="Sun all day. And then there is the rest of the south.",
        intro="Rainy day, restless children, or just curious? Big sights in France, Spain and Italy, "
        "with family prices in plain sight.",
        colour_primary="#ffcf3f",
        colour_accent="#0b6fa4",
        font="rounded",
        locale="en_IE",
        currency="EUR",
        time_zone="Europe/Paris",
        logo=tent_by_the_sea("#ffcf3f", "#12435c", "#e4572e"),
        areas=(Area("FR"), Area("ES"), Area("IT")),
        price_rules=PriceRules(Discount(bps=1000), cities={LYON: Free()}),
    )


def _museum_friends() -> ShopDraft:
    return ShopDraft(
        reseller="The Gallery Circle",
        slug="gallery-circle",
        name="The Gallery Circle",
        tagline="Three capitals. Every collection worth the journey.",
        intro="Members' tickets for London, Berlin and Prague.",
        colour_primary="#3b1d60",
        colour_accent="#ff5d73",
        font="grotesque",
        locale="en_GB",
        currency="GBP",
        time_zone="Europe/London",
        logo=columns("#3b1d60", "#ffffff", "#ff5d73"),
        areas=(LONDON, BERLIN, PRAGUE),
        price_rules=PriceRules(Markup(bps=500)),
    )
