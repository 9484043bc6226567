"""A shop's price rules, seen from every side that shows a price."""

import asyncio
import json
import re
from dataclasses import replace

import pytest

from api.shops.opening import Area, ShopDraft, ensure_shop
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.domain.money import Money
from core.domain.pricing import Discount, FixedPrice, Free, FullPrice, Markup, PriceRules
from tests.fixtures.catalogue import ROTTERDAM
from tests.fixtures.shops import visiting

RULES = PriceRules(
    Discount(bps=1000),
    cities={ROTTERDAM: Free()},
    products={
        "prd_1": FullPrice(),
        "prd_25": Markup(amount=Money(150, "EUR")),
        "prd_26": FixedPrice(Money(1234, "EUR")),
        "prd_27": FixedPrice(Money(1, "EUR")),
        "prd_28": Markup(amount=Money(150, "CZK")),
    },
)
DRAFT = ShopDraft("Bargains", "bargain", "Bargain", "All for less", locale="en_GB", areas=(Area("NL"),))


async def _open(settings, rules: PriceRules) -> None:
    database = ShopDatabase(shop_role_url(settings))
    await ensure_shop(database, replace(DRAFT, price_rules=rules))
    await database.close()


@pytest.fixture
async def bargain(visitor, shops):
    """Somebody in a shop with a rule of each kind."""
    await _open(shops.settings, RULES)
    return visitor


def _without_tags(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


async def _asked(visitor, product: str) -> tuple[int, int]:
    price = (await visitor.get(f"/v1/shops/bargain/products/{product}")).json()["from_price"]
    return price["offer_minor"], price["original_minor"]


@pytest.mark.parametrize(
    ("product", "asked"),
    [
        ("prd_1", 1001),  # its own rule, the full price
        ("prd_2", 902),  # the shop's discount
        ("prd_25", 1175),  # a markup
        ("prd_26", 1234),  # fixed
        ("prd_27", 852),  # fixed below the floor: net 8.00 and 5 % of 10.27 for the fees
        ("prd_28", 1028),  # an amount of another currency
        ("prd_40", 0),  # a city that is free
    ],
)
async def test_each_ticket_has_the_price_of_its_most_specific_rule(bargain, product, asked):
    assert await _asked(bargain, product) == (asked, 1900 + int(product.removeprefix("prd_")))


async def test_lists_pages_and_structured_data_show_the_same_offer(bargain):
    city = await bargain.text("/s/bargain/cities/amsterdam")
    page = await bargain.text("/s/bargain/tickets/ticket-2")
    for shown in (city, page):
        assert "List price €19.02, here from €9.02" in _without_tags(shown)
    product = next(
        json.loads(block)
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        if '"Product"' in block
    )
    assert product["offers"]["lowPrice"] == "9.02"


async def test_the_calendar_and_the_day_ask_alike(bargain, world, sandbox):
    sandbox.control("canal", is_down=True)
    month = world.day.isoformat()[:7]
    page = await bargain.text(f"/s/bargain/tickets/ticket-2?month={month}")
    assert "from €17.55" in page  # 19.50 less a tenth
    day = await bargain.text(f"/s/bargain/tickets/ticket-2/{world.day}")
    assert "€17.55" in day
    assert "List price €25.00, here €20.00" in _without_tags(day)  # 22.22 less a tenth


async def test_free_is_a_word_and_no_amount(bargain, world, sandbox):
    sandbox.control("canal", is_down=True)
    month = world.day.isoformat()[:7]
    for address in (
        "cities/rotterdam",
        f"tickets/ticket-40?month={month}",
        f"tickets/ticket-40/{world.day}",
    ):
        page = await bargain.text(f"/s/bargain/{address}")
        assert ">Free<" in page
        assert "€0" not in page
    assert ", free" in await bargain.text(f"/s/bargain/tickets/ticket-40?month={month}")


async def test_live_prices_follow_the_rules_too(bargain, world):
    full, less = [
        (await bargain.get(f"/v1/shops/{shop}/products/prd_30/slots?date={world.day}")).json()["options"][0]["slots"][0]
        for shop in ("canal-house", "bargain")
    ]
    amounts = [slot["prices"][0]["price"]["offer_minor"] for slot in (full, less)]
    assert amounts[1] == amounts[0] - Money(amounts[0], "EUR").share_bps(1000).minor


@pytest.mark.usefixtures("bargain")
async def test_a_supplier_that_fixes_its_retail_price_is_obeyed(shops):
    fixed = [one.model_copy(update={"has_fixed_retail": True}) for one in shops.settings.connections]
    async with visiting(shops.settings.model_copy(update={"connections": tuple(fixed)})) as visitor:
        assert (await _asked(visitor, "prd_2"))[0] == 1002
        assert (await _asked(visitor, "prd_26"))[0] == 1026
        assert (await _asked(visitor, "prd_40"))[0] == 0


async def test_another_rule_is_seen_within_two_seconds(bargain, shops):
    assert "€9.02" in await bargain.text("/s/bargain/tickets/ticket-2")
    await _open(shops.settings, PriceRules())
    async with asyncio.timeout(3):
        while "€10.02" not in await bargain.text("/s/bargain/tickets/ticket-2"):
            pass
