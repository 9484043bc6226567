"""A sale that changes in memory: what the checkout's functions do to it stays here, to be written all at once."""

from collections import Counter
from datetime import datetime
from typing import Any

from api.history.ids import past_id
from api.sale.repository import SaleChange
from core.db import tables
from core.domain.ids import Prefix
from core.domain.ledger import ItemAmounts
from core.domain.sale import LIVE_PAYMENT

Row = dict[str, Any]
# As the database would fill them in.
DEFAULTS: dict[type[tables.Table], Row] = {
    tables.OrderItem: {"attempt": 1, "needs_release": False},
    tables.Payment: {"captured_minor": 0},
    tables.Refund: {"attempt": 1},
}
# Parents come before what refers to them.
TABLES: tuple[type[tables.Table], ...] = (
    tables.Order,
    tables.Buyer,
    tables.Payment,
    tables.OrderItem,
    tables.OrderLine,
    tables.Ticket,
    tables.Refund,
    tables.LedgerPosting,
    tables.Mail,
)

# What the database fills in itself is left to it.
_COLUMNS = {
    table: [column.key for column in table.__table__.columns if column.identity is None and column.key != "changed_xid"]
    for table in TABLES
}


class PaperChange(SaleChange):
    """Has no session: whatever would be written or read there is kept and found here. `now` is moved by hand."""

    def __init__(self, order: tables.Order) -> None:
        self.order = order
        self.now = order.created_at
        self._kept: dict[type[tables.Table], list[tables.Table]] = {table: [] for table in TABLES}
        self._postings: list[Row] = []
        self._mails: list[Row] = []
        self._made: Counter[Prefix] = Counter()
        self.add(order)

    def add(self, row: tables.Table) -> None:
        for name, value in DEFAULTS.get(type(row), {}).items():
            setattr(row, name, value)
        self._kept[type(row)].append(row)

    def new_id(self, prefix: Prefix) -> str:
        self._made[prefix] += 1
        return self.id_of(prefix, self.now, self._made[prefix])

    def id_of(self, prefix: Prefix, moment: datetime, number: int) -> str:
        """What the order's n-th of its kind is to be called."""
        return past_id(prefix, moment, self.order.order_id, number)

    async def keep_buyer(self, buyer: tables.Buyer) -> None:
        self.add(buyer)

    async def keep_postings(self, rows: list[Row]) -> None:
        self._postings += rows

    async def keep_mail(self, row: Row) -> None:
        if all(mail["occasion"] != row["occasion"] for mail in self._mails):
            self._mails.append(row | {"sent_at": self.now})

    async def wake(self) -> None:
        """Nobody waits for it: its next step follows at once."""

    async def items(self) -> list[tables.OrderItem]:
        return self._all(tables.OrderItem)

    async def payment(self, payment_id: str | None = None) -> tables.Payment | None:
        del payment_id
        return next((found for found in self._all(tables.Payment) if found.status in LIVE_PAYMENT), None)

    async def amounts(self, order_item_id: str) -> ItemAmounts:
        lines = self.lines(order_item_id)
        return ItemAmounts(
            *(
                sum(getattr(line, name) for line in lines)
                for name in ItemAmounts.__dataclass_fields__  # in the order of its own fields
            )
        )

    def lines(self, order_item_id: str) -> list[tables.OrderLine]:
        return [line for line in self._all(tables.OrderLine) if line.order_item_id == order_item_id]

    def refunds(self) -> list[tables.Refund]:
        return self._all(tables.Refund)

    def rows(self) -> dict[type[tables.Table], list[Row]]:
        """By table, each with every column that is not the database's own to fill."""
        kept = {table: [_row(row) for row in rows] for table, rows in self._kept.items()}
        return kept | {tables.LedgerPosting: self._postings, tables.Mail: self._mails}

    def _all(self, table: type[Any]) -> list[Any]:
        return self._kept[table]


def _row(row: tables.Table) -> Row:
    return {name: row.__dict__.get(name) for name in _COLUMNS[type(row)]}
