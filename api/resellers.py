"""Makes a reseller with an open shop. name and slug -> address of the shop

`python -m api.resellers --name "Hotel Mira" --slug mira [--host tickets.mira.example] [--time-zone Europe/London]`
"""

import argparse
import asyncio
import re
import sys
from collections.abc import Sequence
from typing import Final
from zoneinfo import available_timezones

from sqlalchemy.exc import SQLAlchemyError

from api.shops.opening import ShopDraft, open_shop
from api.wiring import shop_url
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.errors import DatabaseError, PlatformError, TenantError
from core.settings import Settings, settings

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
HOST: Final = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
LONGEST_NAME: Final = 80
TIME_ZONE: Final = "Europe/Amsterdam"


class BadName(TenantError):
    """A name, slug, host name or time zone that no shop can have."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m api.resellers", description="Make a reseller with an open shop.")
    parser.add_argument("--name", required=True, help="what the reseller is called, as visitors read it")
    parser.add_argument("--slug", required=True, help="the shop's address: small letters, digits and hyphens")
    parser.add_argument("--host", help="a host name of the shop's own, which must lead to this platform")
    parser.add_argument("--time-zone", default=TIME_ZONE, help="whose midnight ends a business day of its figures")
    chosen = parser.parse_args(arguments)
    told = {"host": chosen.host or None, "time_zone": chosen.time_zone}
    try:
        address = asyncio.run(make_reseller(settings(), chosen.name, chosen.slug, **told))
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{address}\n")
    return 0


async def make_reseller(
    chosen: Settings, name: str, slug: str, *, host: str | None = None, time_zone: str = TIME_ZONE
) -> str:
    """The new shop's address. BadName, SlugTaken, HostTaken, DatabaseError, SettingsError."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadName(f"a name has 1 to {LONGEST_NAME} letters")
    if not SLUG.fullmatch(slug):
        raise BadName(f"{slug!r} cannot be an address: use small letters, digits and hyphens, at most 63")
    host = host.lower() if host else None
    if host and not HOST.fullmatch(host):
        raise BadName(f"{host!r} is no host name: give it as in tickets.mira.example, without http:// or a port")
    if time_zone not in available_timezones():
        raise BadName(f"{time_zone!r} is no time zone: give it as in Europe/London")
    tagline = f"Tickets from {name}"
    draft = ShopDraft(reseller=name, slug=slug, name=name, tagline=tagline, host=host, time_zone=time_zone)
    database = ShopDatabase(shop_role_url(chosen))
    try:
        await open_shop(database, draft)
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        raise DatabaseError(f"the shop database did not take the reseller: {reason}") from error
    finally:
        await database.close()
    return f"{shop_url(chosen)}/s/{slug}/"


if __name__ == "__main__":
    sys.exit(main())
