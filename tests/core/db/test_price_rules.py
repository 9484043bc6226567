"""What the shop database takes as a price rule, and what a rule changes."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from core.db.addresses import Database, database_url
from core.db.tables import PriceRule, Shop
from tests.core.db.probes import tell

EUROS = {"currency": "EUR", "currency_precision": 2}


async def _add(database, **fields) -> None:
    async with database.tenant_session("rsl_a") as session:
        await session.execute(delete(PriceRule))
        session.add(PriceRule(price_rule_id="prl_c", shop_id="shp_a", reseller_id="rsl_a", **fields))


async def _revision(database) -> int:
    async with database.tenant_session("rsl_a") as session:
        return await session.scalar(select(Shop.revision))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "FULL", "product_id": "prd_1"},
        {"kind": "FREE", "city_id": "cty_1"},
        {"kind": "MARKUP", "bps": 500},
        {"kind": "MARKUP", "amount_minor": 100, **EUROS},
        {"kind": "DISCOUNT", "bps": 10_000},
        {"kind": "FIXED", "amount_minor": 1500, **EUROS},
    ],
)
async def test_a_rule_with_what_its_kind_needs_is_kept(two_resellers, fields):
    await _add(two_resellers, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "HALF"},
        {"kind": "FULL", "bps": 1},
        {"kind": "FREE", "amount_minor": 1, **EUROS},
        {"kind": "MARKUP"},
        {"kind": "MARKUP", "bps": 500, "amount_minor": 100, **EUROS},
        {"kind": "MARKUP", "bps": 0},
        {"kind": "DISCOUNT", "bps": 10_001},
        {"kind": "DISCOUNT", "amount_minor": 100, "currency": "EUR"},
        {"kind": "DISCOUNT", "bps": 100, "currency": "EUR"},
        {"kind": "FIXED", "bps": 100},
        {"kind": "FIXED", "amount_minor": 0, **EUROS},
        {"kind": "FIXED", "amount_minor": 100, "currency": "euro", "currency_precision": 2},
        {"kind": "FIXED", "amount_minor": 100, "currency": "EUR", "currency_precision": -1},
        {"kind": "FREE", "city_id": "cty_1", "product_id": "prd_1"},
    ],
)
async def test_a_rule_that_says_too_little_or_too_much_is_refused(two_resellers, fields):
    with pytest.raises(IntegrityError, match="violates check constraint"):
        await _add(two_resellers, **fields)


async def test_a_shop_has_one_rule_for_all_its_products(two_resellers):
    with pytest.raises(IntegrityError, match="price_rule_shop_id_city_id_product_id_key"):
        async with two_resellers.tenant_session("rsl_a") as session:
            session.add(PriceRule(price_rule_id="prl_c", shop_id="shp_a", reseller_id="rsl_a", kind="FREE"))


async def test_a_rule_that_comes_or_goes_moves_its_shops_revision(two_resellers):
    before = await _revision(two_resellers)
    await _add(two_resellers, kind="FREE")
    assert await _revision(two_resellers) == before + 2


@pytest.mark.parametrize(("column", "moves"), [("platform_fee_bps", 1), ("payment_fee_bps", 1), ("name", 0)])
async def test_other_fees_move_the_revision_of_a_resellers_shops(two_resellers, platform_settings, column, moves):
    before = await _revision(two_resellers)
    as_tenant = "SELECT set_config('tiqzy.reseller_id', 'rsl_a', false)"
    changed = f"UPDATE reseller SET {column} = '400'"  # noqa: S608 - the columns are named above
    tell(database_url(Database.SHOP, platform_settings), as_tenant, changed)
    assert await _revision(two_resellers) == before + moves
