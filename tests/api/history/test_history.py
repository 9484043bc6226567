"""A shop's past as a whole: it agrees with Stripe, goes on where it was stopped, and belongs to nobody else."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from api.catalog.service import CatalogService
from api.history.assortment import Assortment
from api.ledger.service import reconcile
from api.shops.opening import ensure_shop
from api.shops.shop import Shop, ShopAddress
from tests.api.history.conftest import SOLD, Archive

DAYS = 40
A_FEW_HUNDRED = 200


@pytest.fixture
async def shop(archive) -> Shop:
    """One without a past."""
    slug = f"counter-{secrets.token_hex(3)}"
    await ensure_shop(archive.platform.database, replace(SOLD, reseller=f"The {slug}", slug=slug))
    found = await archive.platform.shops.find(ShopAddress(slug=slug))
    assert found is not None
    return found


async def test_history_agrees_with_stripe_until_a_posting_or_an_object_is_lost(archive, world, shop, sandbox):
    archive.sandbox.advance(120)
    made = await _make(archive, world, shop)
    assert made > A_FEW_HUNDRED
    assert await _differences(archive, shop) == []
    [refund] = archive.rows(shop.reseller_id, "SELECT * FROM refund WHERE amount_minor > 0 LIMIT 1")
    [payment] = archive.rows(
        shop.reseller_id, "SELECT * FROM payment WHERE payment_id <> %s LIMIT 1", refund["payment_id"]
    )
    for object_id in (payment["charge_id"], payment["balance_transaction_id"], refund["stripe_refund_id"]):
        lost = sandbox.lose(str(object_id))
        assert [found for found in await _differences(archive, shop) if str(object_id) in found], object_id
        sandbox.find_again(lost)
    [posting] = archive.rows(shop.reseller_id, "SELECT * FROM ledger_posting WHERE account = 'PROVIDER' LIMIT 1")
    with _without(archive, posting):
        [difference] = await _differences(archive, shop)
    assert str(posting["order_id"]) in difference


async def test_history_that_was_stopped_goes_on_and_makes_nothing_twice(archive, world, shop):
    stopped = asyncio.Event()
    made = asyncio.create_task(_make(archive, world, shop, told=lambda *_: stopped.set()))
    await stopped.wait()
    made.cancel()
    await asyncio.wait([made])
    # What was planned is made as it was planned, whatever is on sale by now.
    world.gone.add("ticket-1")
    world.publish(archive.platform.settings)
    await _make(archive, world, shop)
    again = await _make(archive, world, shop)
    count = "SELECT count(*) AS items, count(DISTINCT (created_at, product_id)) AS different FROM order_item"
    [counted] = archive.rows(shop.reseller_id, count)
    assert counted["items"] == again
    days = archive.rows(shop.reseller_id, "SELECT * FROM history_day")
    assert len(days) == DAYS
    assert all(day["done_at"] and day["planned"] is None for day in days)
    assert await _differences(archive, shop) == []


async def test_visits_are_over_and_nobody_is_written_to(archive, world, shop, sandbox):
    await _make(archive, world, shop)
    [found] = archive.rows(shop.reseller_id, "SELECT max(starts_at) AS last, min(created_at) AS first FROM order_item")
    assert found["last"] < archive.clock()
    assert found["first"] >= archive.clock() - timedelta(days=DAYS + 1)
    assert archive.rows(shop.reseller_id, "SELECT * FROM mail WHERE sent_at IS NULL") == []
    assert sandbox.mail("@example") == []


async def _differences(archive: Archive, shop: Shop) -> list[str]:
    """Of this shop alone: the sandbox forgets after each test what the database keeps."""
    orders = {row["order_id"] for row in archive.rows(shop.reseller_id, "SELECT order_id FROM shop_order")}
    return [str(found) for found in await reconcile(archive.platform) if found.order_id in orders]


async def _make(archive: Archive, world, shop: Shop, told=lambda *_: None) -> int:
    catalog = CatalogService(archive.platform.reader.pinned(), archive.clock)
    assortment = Assortment(catalog, shop, world.day)
    return await archive.history.make([(shop, assortment)], DAYS, told)


@contextmanager
def _without(archive: Archive, posting: dict[str, object]) -> Iterator[None]:
    reseller_id = str(posting["reseller_id"])
    archive.change(reseller_id, "DELETE FROM ledger_posting WHERE posting_id = %s", posting["posting_id"])
    yield
    row = {name: value for name, value in posting.items() if name != "changed_xid"}
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    insert = f"INSERT INTO ledger_posting ({columns}) OVERRIDING SYSTEM VALUE VALUES ({places})"  # noqa: S608 - ours
    archive.change(reseller_id, insert, *row.values())
