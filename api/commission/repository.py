"""Every query of the feature. shop database <-> what is owed, payouts, and their postings

A payout locks the orders it touches, as every change of a sale does, and takes what it then finds to be owed.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, any_, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from api.commission.views import Owed, PayoutWish, RecordedPayout
from core.db import tables
from core.db.sessions import ShopDatabase
from core.domain.ids import Prefix, new_id
from core.domain.ledger import Postings
from core.domain.money import Money

MOST_PAYOUTS = 50
Item = tables.OrderItem


@dataclass(frozen=True, slots=True)
class EarnedItem:
    order_item_id: str
    order_id: str
    commission_minor: int


class CommissionRepository:
    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def owed(self, until: datetime) -> list[Owed]:
        """Of every reseller and currency."""
        query = text("SELECT * FROM commission_owed(:until)")
        async with self._database.lookup_session() as session:
            rows = (await session.execute(query, {"until": until})).all()
        return [
            Owed(reseller_id, name, Money(minor, currency, precision), items, new_id(Prefix.COMMISSION_PAYOUT))
            for reseller_id, name, currency, precision, minor, items in rows
        ]

    async def payouts(self) -> list[RecordedPayout]:
        """The newest first."""
        query = text("SELECT * FROM commission_payouts(:most)")
        async with self._database.lookup_session() as session:
            rows = (await session.execute(query, {"most": MOST_PAYOUTS})).all()
        return [
            RecordedPayout(payout_id, reseller_id, name, Money(minor, currency, precision), *rest)
            for payout_id, reseller_id, name, minor, currency, precision, *rest in rows
        ]

    @asynccontextmanager
    async def change(self, reseller_id: str) -> AsyncIterator["CommissionChange"]:
        """One transaction, committed at the end."""
        async with self._database.tenant_session(reseller_id) as session:
            yield CommissionChange(session, reseller_id)


class CommissionChange:
    """One transaction's changes of one reseller's commission."""

    def __init__(self, session: AsyncSession, reseller_id: str) -> None:
        self._session = session
        self._reseller_id = reseller_id

    async def payout(self, payout_id: str) -> tables.CommissionPayout | None:
        query = select(tables.CommissionPayout).where(tables.CommissionPayout.commission_payout_id == payout_id)
        return await self._session.scalar(query)

    def add(self, payout: tables.CommissionPayout) -> None:
        self._session.add(payout)

    async def take_owed(self, wish: PayoutWish) -> list[EarnedItem]:
        """What is owed of the wish's currency, with its orders locked until the end."""
        order = tables.Order
        of_currency = (order.currency == wish.amount.currency, order.currency_precision == wish.amount.precision)
        is_owed = (Item.visited_at <= wish.until, Item.commission_payout_id.is_(None))
        return await self._locked(*of_currency, *is_owed)

    async def take_paid(self, payout_id: str) -> list[EarnedItem]:
        """What the payout was for, with its orders locked until the end."""
        return await self._locked(Item.commission_payout_id == payout_id)

    async def book(self, items: Sequence[EarnedItem], payout_id: str | None, rows: list[dict[str, object]]) -> None:
        """The items are in this payout from now, or in none, and these are the postings that say so."""
        await self._session.flush()
        ids = literal([item.order_item_id for item in items], ARRAY(Text))
        moved = update(Item).where(Item.order_item_id == any_(ids)).values(commission_payout_id=payout_id)
        await self._session.execute(moved, execution_options={"synchronize_session": False})
        if rows:
            await self._session.execute(insert(tables.LedgerPosting), rows)

    async def _locked(self, *conditions: ColumnElement[bool]) -> list[EarnedItem]:
        order, line = tables.Order, tables.OrderLine
        orders = select(order.order_id).where(
            order.order_id.in_(select(Item.order_id).join(order, order.order_id == Item.order_id).where(*conditions))
        )
        ids = list(await self._session.scalars(orders.order_by(order.order_id).with_for_update()))
        # Read anew, since somebody else may have held them until now.
        items = (
            select(Item.order_item_id, Item.order_id, func.sum(line.commission_minor))
            .join(order, order.order_id == Item.order_id)
            .join(line, line.order_item_id == Item.order_item_id)
            .where(order.order_id == any_(literal(ids, ARRAY(Text))), *conditions)
            .group_by(Item.order_item_id)
        )
        return [
            EarnedItem(item_id, order_id, int(minor)) for item_id, order_id, minor in await self._session.execute(items)
        ]


def posting_rows(
    payout: tables.CommissionPayout, item: EarnedItem, *, entry: str, postings: Postings, now: datetime
) -> list[dict[str, object]]:
    return [
        {
            "reseller_id": payout.reseller_id,
            "order_id": item.order_id,
            "order_item_id": item.order_item_id,
            "entry": f"{entry}:{payout.commission_payout_id}:{item.order_item_id}",
            "account": account,
            "amount_minor": minor,
            "currency": payout.currency,
            "booked_at": now,
        }
        for account, minor in postings.items()
        if minor
    ]
