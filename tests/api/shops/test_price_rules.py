"""Price rules and fees on their way into the shop database and back."""

import psycopg
import pytest

from api.shops.opening import ShopDraft, ensure_shop
from api.shops.price_rules import rows_of, rules_of
from api.shops.repository import ShopRepository
from api.shops.shop import ShopAddress
from core.db.addresses import Database, database_url, shop_role_url
from core.db.sessions import ShopDatabase
from core.domain.money import Money
from core.domain.pricing import Discount, FeeTerms, FixedPrice, Free, FullPrice, Markup, PriceRules

AMOUNT = Money(1500, "KWD", 3)
RULES = PriceRules(
    Markup(bps=500),
    cities={"cty_1": Free(), "cty_2": Markup(amount=AMOUNT)},
    products={
        "prd_1": FullPrice(),
        "prd_2": Discount(bps=10_000),
        "prd_3": Discount(amount=AMOUNT),
        "prd_4": FixedPrice(AMOUNT),
    },
)


@pytest.mark.parametrize("rules", [RULES, PriceRules()])
def test_rules_come_back_from_their_rows_as_they_were(rules):
    assert rules_of(rows_of(rules, shop_id="shp_1", reseller_id="rsl_1")) == rules


async def test_a_shop_has_its_own_rules_and_its_resellers_fees(shops):
    database = ShopDatabase(shop_role_url(shops.settings))
    opened = await ensure_shop(database, ShopDraft("Ruled", "ruled", "Ruled", price_rules=RULES))
    found = await ShopRepository(database).find(ShopAddress(slug="ruled"))
    assert (found.price_rules, found.terms) == (RULES, FeeTerms(300, 200))
    with psycopg.connect(database_url(Database.SHOP, shops.settings)) as owner:
        owner.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [opened.reseller_id])
        owner.execute("UPDATE reseller SET platform_fee_bps = 150")
    changed = await ShopRepository(database).find(ShopAddress(slug="ruled"), found)
    other = await ShopRepository(database).find(ShopAddress(slug="lago"))
    assert (changed.terms, other.terms) == (FeeTerms(150, 200), FeeTerms(300, 200))
    assert other.price_rules == PriceRules()
    await database.close()


async def test_a_draft_replaces_the_rules_that_were(shops):
    database = ShopDatabase(shop_role_url(shops.settings))
    for rules in (RULES, RULES, PriceRules(Free())):
        await ensure_shop(database, ShopDraft("Replaced", "replaced", "Replaced", price_rules=rules))
        found = await ShopRepository(database).find(ShopAddress(slug="replaced"))
        assert found.price_rules == rules
    await database.close()
