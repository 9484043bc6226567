"""What visitors look for: counts by hour, of nobody in particular."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.tables.base import Followed, Table, one_of
from core.domain.demand import DemandKind


class DemandCount(Followed, Table):
    """How often a shop's visitors saw or sought something in an hour; a key that does not apply is empty."""

    __tablename__ = "demand_count"

    shop_id: Mapped[str] = mapped_column(primary_key=True)
    reseller_id: Mapped[str]
    counted_hour: Mapped[datetime] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    country_code: Mapped[str] = mapped_column(primary_key=True)
    city_id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(primary_key=True)
    seen_count: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        ForeignKeyConstraint(["shop_id", "reseller_id"], ["shop.shop_id", "shop.reseller_id"]),
        one_of("kind", DemandKind),
        CheckConstraint("seen_count > 0", name="seen_count"),
    )
