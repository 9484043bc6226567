"""The demo shops, who may sign in to them, and their past. drafts -> shop database

`python -m api.seed [--months N]`, as often as you like: what is there already stays, and what is missing is made.
"""

import argparse
import asyncio
import sys
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.accounts.demo import DemoReseller, ensure_demo_accounts
from api.demo_shops import demo_shops
from api.history.making import make_history
from api.shops.opening import ensure_shop
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.errors import DatabaseError, PlatformError
from core.logs import log_as_command
from core.settings import Settings, settings

log = structlog.get_logger("api.seed")

DAYS_A_MONTH: Final = 30.44


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
