"""How far the past of a demo shop is made."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.tables.base import Table


class HistoryDay(Table):
    """One shop's UTC day (docs/decisions/0024). `planned` is what is to be sold, until it is: then `done_at` is set."""

    __tablename__ = "history_day"

    shop_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reseller_id: Mapped[str]
    item_count: Mapped[int]
    planned: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    done_at: Mapped[datetime | None]

    __table_args__ = (ForeignKeyConstraint(["shop_id", "reseller_id"], ["shop.shop_id", "shop.reseller_id"]),)
