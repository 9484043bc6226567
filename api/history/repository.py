"""Every query of the feature. shop database, as the shop's tenant <-> days of history and the rows of their sales"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.history.paper import TABLES, Row
from api.history.plan import PLAN, PlannedOrder
from api.shops.shop import Shop
from core.db import tables
from core.db.sessions import ShopDatabase

Rows = Mapping[type[tables.Table], Sequence[Row]]
Day = tables.HistoryDay


class HistoryRepository:
    """Each method is one transaction and holds no connection afterwards."""

    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def done_days(self, shop: Shop) -> dict[date, int]:
        """With how many items each."""
        query = select(Day.day, Day.item_count).where(Day.shop_id == shop.shop_id, Day.done_at.is_not(None))
        async with self._database.tenant_session(shop.reseller_id) as session:
            return {row.day: row.item_count for row in await session.execute(query)}

    async def planned(self, shop: Shop, day: date) -> list[PlannedOrder] | None:
        """What was written down before, and is not done."""
        async with self._database.tenant_session(shop.reseller_id) as session:
            found = await session.get(Day, (shop.shop_id, day))
        return PLAN.validate_python(found.planned) if found and found.planned is not None else None

    async def intend(self, shop: Shop, day: date, orders: list[PlannedOrder]) -> None:
        values = {
            "shop_id": shop.shop_id,
            "day": day,
            "reseller_id": shop.reseller_id,
            "item_count": sum(len(order.items) for order in orders),
            "planned": orjson.loads(PLAN.dump_json(orders)),
        }
        async with self._database.tenant_session(shop.reseller_id) as session:
            await session.execute(insert(Day).values(values))

    async def keep(self, shop: Shop, day: date, sales: Sequence[Rows], now: datetime) -> None:
        """The day's rows, and that it is done."""
        done = update(Day).where(Day.shop_id == shop.shop_id, Day.day == day).values(planned=None, done_at=now)
        async with self._database.tenant_session(shop.reseller_id) as session:
            for table in TABLES:
                await _insert(session, table, [row for rows in sales for row in rows[table]])
            await session.execute(done)


async def _insert(session: AsyncSession, table: type[tables.Table], rows: list[dict[str, Any]]) -> None:
    """All at once. COPY, which would be quicker still, is refused where row-level security holds."""
    if not rows:
        return
    columns = ", ".join({name: None for row in rows for name in row})
    statement = text(
        f"INSERT INTO {table.__tablename__} ({columns})"  # noqa: S608 - names of our own tables
        f" SELECT {columns} FROM jsonb_populate_recordset(NULL::{table.__tablename__}, CAST(:rows AS jsonb))"
    )
    await session.execute(statement, {"rows": orjson.dumps(rows).decode()})
