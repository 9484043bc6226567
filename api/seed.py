"""Three demo shops of different character, who may sign in to them, and their past. drafts -> shop database

`python -m api.seed [--months N]`, as often as you like: what is there already stays, and what is missing is made.
"""

import argparse
import asyncio
import sys
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.accounts.demo import DemoReseller, ensure_demo_accounts
from api.demo_logos import canal_houses, columns, tent_by_the_sea
from api.history.making import make_history
from api.shops.opening import Area, ShopDraft, ensure_shop
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.domain.pricing import Discount, Free, Markup, PriceRules
from core.errors import DatabaseError, PlatformError
from core.logs import log_as_command
from core.settings import Settings, settings

log = structlog.get_logger("api.seed")

# Ids of cities are made of geonames' own, so they are known before any catalogue is.
LONDON: Final = Area("GB", "cty_2643743")
BERLIN: Final = Area("DE", "cty_2950159")
PRAGUE: Final = Area("CZ", "cty_3067696")
LYON: Final = "cty_2996944"
DAYS_A_MONTH: Final = 30.44


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


async def seed(chosen: Settings, months: int = 0) -> None:
    """Shops, people, and as many months of sales as are missing. Sign-ins are told in <home>/demo-sign-ins.json.

    DatabaseError, SettingsError; for the past CatalogueError and PaymentError too.
    """
    database = ShopDatabase(shop_role_url(chosen))
    try:
        resellers = []
        for draft in demo_shops():
            opened = await ensure_shop(database, draft)
            resellers.append(DemoReseller(reseller_id=opened.reseller_id, name=draft.reseller, slug=draft.slug))
            log.info("demo shop is open", slug=draft.slug, shop_id=opened.shop_id)
        await ensure_demo_accounts(chosen, database, resellers)
        if months:
            slugs = [reseller.slug for reseller in resellers]
            await make_history(chosen, database, slugs, int(months * DAYS_A_MONTH), _say)
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"the demo shops could not be made: {str(error).splitlines()[0]}") from error
    finally:
        await database.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m api.seed", description="Demo shops, sign-ins and their past.")
    parser.add_argument("--months", type=int, default=0, metavar="N", help="so many months of sales, where missing")
    arguments = parser.parse_args()
    log_as_command()
    try:
        asyncio.run(seed(settings(), arguments.months))
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
