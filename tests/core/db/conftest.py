"""Two resellers in one shop database."""

from collections.abc import AsyncIterator

import pytest

from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.db.tables import Account, PriceRule, Reseller, Shop, ShopArea
from core.domain.roles import AccountRole


@pytest.fixture
async def shop_database(platform_settings) -> AsyncIterator[ShopDatabase]:
    database = ShopDatabase(shop_role_url(platform_settings))
    yield database
    await database.close()


@pytest.fixture
async def two_resellers(shop_database) -> ShopDatabase:
    """`rsl_a` and `rsl_b`, each with a shop `shp_a` at `a.example`, its area and price rule, owner `a@example.com`."""
    for letter in "ab":
        async with shop_database.tenant_session(f"rsl_{letter}") as session:
            session.add(Reseller(reseller_id=f"rsl_{letter}", name=letter.upper()))
            await session.flush()
            session.add_all([_shop(letter), _owner(letter)])
            await session.flush()
            session.add(ShopArea(shop_id=f"shp_{letter}", reseller_id=f"rsl_{letter}", country_code="NL"))
            session.add(_price_rule(letter))
    return shop_database


def _shop(letter: str) -> Shop:
    return Shop(
        shop_id=f"shp_{letter}",
        reseller_id=f"rsl_{letter}",
        slug=letter,
        host=f"{letter}.example",
        name=letter.upper(),
        colour_primary="#102030",
        colour_accent="#405060",
    )


def _owner(letter: str) -> Account:
    return Account(
        account_id=f"acc_{letter}",
        reseller_id=f"rsl_{letter}",
        email=f"{letter}@example.com",
        password_hash=f"hash of {letter}",
        role=AccountRole.OWNER,
    )


def _price_rule(letter: str) -> PriceRule:
    return PriceRule(
        price_rule_id=f"prl_{letter}", shop_id=f"shp_{letter}", reseller_id=f"rsl_{letter}", kind="DISCOUNT", bps=1000
    )
