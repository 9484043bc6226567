"""The same sales, made through the checkout and made as history, leave the same rows."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay

from api.availability.views import LiveSlot
from api.checkout.buyer import TypedBuyer
from api.checkout.choosing import lines_of
from api.checkout.rows import ItemDraft
from api.checkout.views import Wish
from api.history.plan import Method, PlannedOrder, plan_order
from api.mail.errors import MailUndelivered
from api.sale.shapes import BuyerDetails, OrderKey, PaymentPage
from api.shops.shop import Shop
from api.worker import run_due_jobs
from core.domain.sale import ItemState, OrderStatus
from core.domain.visits import visit_ends_at
from tests.api.history.conftest import TABLES, Archive, moment
from tests.sandbox.stripe.shopkeeper import decide, go_to_bank, pay

ADA = BuyerDetails("Ada Lovelace", "ada@buyer.example", None)
UNIT = "unt_ticket-30"
SALES, PARTS = 30, 3
# What nobody could make twice: ids of others' objects, codes, secrets, and when the supplier's hold ends.
NOT_OURS = (
    *("reference", "secret", "booking_uuid", "provider_booking_id", "supplier_reference", "hold_expires_at", "value"),
    *("session_id", "session_url", "intent_id", "charge_id", "balance_transaction_id", "stripe_refund_id"),
    *("changed_xid", "posting_id", "order_line_id"),
)
ID = re.compile(r"\b(ord|itm|pay|rfd|tkt|eml)_[0-9a-f]{32}\b")


@dataclass(frozen=True)
class Story:
    """One sale as a test tells it; `cancels` names which of its items the buyer gives back."""

    shop: str
    quantities: tuple[int, ...]
    method: Method = "card"
    fails: bool = False
    cancels: tuple[int, ...] = ()


def _stories() -> list[Story]:
    chance = Random(24)  # noqa: S311 - repeatable on purpose
    plain = [
        Story(
            chance.choice(("counter", "counter", "gift")),
            tuple(chance.randint(1, 3) for _ in range(chance.choice((1, 1, 2, 3)))),
            chance.choice(("card", "ideal")),
        )
        for _ in range(SALES - 9)
    ]
    failing = [Story(shop, (2,), fails=True) for shop in ("counter", "counter", "gift")]
    back = [Story(shop, (1, 2), method, cancels=(1,)) for shop in ("counter", "gift") for method in ("card", "ideal")]
    return [*plain, *failing, *back, Story("counter", (2, 1), cancels=(1, 0)), Story("counter", (1,), cancels=(0,))]


@pytest.mark.parametrize("part", range(PARTS))
async def test_history_leaves_the_rows_that_the_checkout_leaves(archive, part):
    times = await _times(archive)
    for number, story in list(enumerate(_stories()))[part::PARTS]:
        chosen = [times[(number + item) % len(times)] for item in range(len(story.quantities))]
        sold, planned = await _sell(archive, story, chosen, number)
        # Stripe believes in no sale that is still to come.
        archive.sandbox.advance(900)
        shop = archive.shops[story.shop]
        day = datetime(2026, 1, 1, tzinfo=UTC).date() + timedelta(days=number)
        await archive.history.days.intend(shop, day, [planned])
        [kept] = await archive.history.days.planned(shop, day)
        await archive.history.make_day(shop, day, [kept])
        archive.sandbox.advance(-900)
        made = planned.values["order_id"]
        for table in TABLES:
            assert _rows(archive, shop, table, made) == _rows(archive, shop, table, sold.order_id), (table, story)


async def _times(archive: Archive) -> list[LiveSlot]:
    """Of the coming days, with room, and early enough to be cancelled."""
    shop, found = archive.shops["counter"], []
    for ahead in range(3, 12):
        day = (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()
        [option] = (await archive.platform.availability.day(shop, "ticket-30", day)).options
        open_times = [slot for slot in option.slots if slot.state.may_be_opened and (slot.vacancies or 0) > SALES]
        found += [
            await archive.platform.availability.slot(shop, "ticket-30", day, one.slot_id) for one in open_times[:3]
        ]
    assert found, "the sandbox has no time with room"
    return found


async def _sell(archive: Archive, story: Story, chosen: list[LiveSlot], number: int) -> tuple[OrderKey, PlannedOrder]:
    platform, clock, shop = archive.platform, archive.clock, archive.shops[story.shop]
    began, drafts, secret, key = moment(), [], None, None
    for item, (live, quantity) in enumerate(zip(chosen, story.quantities, strict=True)):
        clock.at = began + timedelta(seconds=item)
        choice = await platform.checkout.choice(shop, "ticket-30", live.day.isoformat(), live.slot.slot_id)
        wish = Wish("ticket-30", live.day.isoformat(), live.slot.slot_id, {UNIT: quantity}, None, f"{number}-{item}")
        draft = ItemDraft(choice.live, lines_of(choice, wish.quantities), wish.nonce)
        added = await platform.checkout.add(shop, secret, wish)
        secret, key = added.secret, added.key
        drafts.append((clock.at, draft, added.order_item_id))
    assert key is not None
    paying_at = clock.at = began + timedelta(seconds=5)
    typed = TypedBuyer(ADA.full_name, ADA.email, "", agrees=True)
    url = (await platform.checkout.check_out(shop, secret, typed, _page("SECRET"))).payment_url
    if story.fails:
        archive.sandbox.control(drafts[0][1].live.product.connection_id, is_down=True)
    paid_at = clock.at = began + timedelta(seconds=9) if url else paying_at
    if url:
        decide(go_to_bank(url), "approve") if story.method == "ideal" else pay(url)
    await platform.settlement.settle(key)
    failed_at = await _give_up(archive, key, paid_at) if story.fails else None
    await _work(archive, key)
    cancelled = dict.fromkeys(range(len(drafts)))
    for order, item in enumerate(story.cancels):
        cancelled[item] = clock.at = began + timedelta(seconds=20 + order)
        await platform.sales.request_cancellation(key, drafts[item][2])
        await _work(archive, key)
    clock.at = began + timedelta(seconds=600)
    await platform.settlement.settle(key)
    await _visit(archive, key)
    await _is_over(archive, key)
    planned = plan_order(
        shop,
        f"test:{number}",
        [(at, draft, cancelled[item]) for item, (at, draft, _) in enumerate(drafts)],
        buyer=ADA,
        page=lambda _: _page("SECRET"),
        method=story.method,
        paying_at=paying_at,
        paid_at=paid_at,
        failed_at=failed_at,
    )
    return key, planned


async def _work(archive: Archive, key: OrderKey) -> None:
    """All that is due, and mail that a busy server put off: the queue waits by a clock of its own."""
    await run_due_jobs(archive.platform)
    unsent = "SELECT mail_id FROM mail WHERE order_id = %s AND sent_at IS NULL"
    for row in archive.rows(key.reseller_id, unsent, key.order_id):
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(MailUndelivered), stop=stop_after_delay(60), reraise=True
        ):
            with attempt:
                await archive.platform.letters.send(key.reseller_id, str(row["mail_id"]))


async def _give_up(archive: Archive, key: OrderKey, paid_at: datetime) -> datetime:
    """The supplier stays silent for five minutes, and is there again to hear that nothing is wanted."""
    failed_at = archive.clock.at = paid_at + timedelta(minutes=5)
    await archive.platform.settlement.settle(key)
    archive.sandbox.control("canal", is_down=False)
    await archive.platform.settlement.settle(key)
    return failed_at


async def _visit(archive: Archive, key: OrderKey) -> None:
    """The days of all visits end one after the other, and a worker is at hand."""
    query = "SELECT ends_at, local_date, time_zone FROM order_item WHERE order_id = %s"
    for over_at in sorted({visit_ends_at(**row) for row in archive.rows(key.reseller_id, query, key.order_id)}):
        archive.clock.at = over_at
        await archive.platform.visits.earn(over_at, SALES)
    await archive.platform.settlement.settle(key)


async def _is_over(archive: Archive, key: OrderKey) -> None:
    sale = await archive.platform.sales.sale(key)
    states = [item.state for item in sale.items]
    ended = {ItemState.CONFIRMED, ItemState.CANCELLED, ItemState.FAILED}
    if sale.status is not OrderStatus.DONE or not set(states) <= ended:
        pytest.fail(f"the sale is not over: {sale.status} {states}")


def _page(secret: str) -> PaymentPage:
    return PaymentPage(f"http://localhost/orders/{secret}", "http://localhost/cart", "en_GB")


def _rows(archive: Archive, shop: Shop, table: str, order_id: str) -> list[dict[str, object]]:
    """Of one order, with what each id is instead of the id."""
    of_order = "order_item_id IN (SELECT order_item_id FROM order_item WHERE order_id = %s)"
    where = of_order if table in ("order_line", "ticket") else "order_id = %s"
    rows = archive.rows(shop.reseller_id, f"SELECT * FROM {table} WHERE {where}", order_id)  # noqa: S608 - ours
    ids = archive.rows(shop.reseller_id, "SELECT order_item_id FROM order_item WHERE order_id = %s", order_id)
    items = sorted(str(row["order_item_id"]) for row in ids)
    return sorted((_told(row, items) for row in rows), key=str)


def _told(row: dict[str, object], items: list[str]) -> dict[str, object]:
    def named(found: re.Match[str]) -> str:
        return f"item {items.index(found[0])}" if found[0] in items else found[1]

    return {
        name: (value is None if name in NOT_OURS else ID.sub(named, value) if isinstance(value, str) else value)
        for name, value in row.items()
    }
