"""What is to have been sold, written down before anybody is told: order -> JSON -> order

Everything that a shop's day is made from, so that it can be made again when the catalogue has moved on.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, TypeAdapter

from api.checkout.rows import ItemDraft, item_values, line_values, order_values
from api.history.ids import past_id, past_uuid
from api.sale.shapes import BuyerDetails, PaymentPage
from api.shops.shop import Shop
from core.db import tables
from core.domain.ids import Prefix

Values = dict[str, Any]
Method = Literal["card", "ideal"]


class PlannedItem(BaseModel):
    """`values` and `lines` are what the checkout writes down of a choice; `has_unit_tickets` as it is priced."""

    chosen_at: datetime
    values: Values
    lines: list[Values]
    has_unit_tickets: bool
    cancelled_at: datetime | None = None


class PlannedOrder(BaseModel):
    """One order from its first item to its end; `failed_at` is when its supplier had been silent for too long."""

    values: Values
    items: list[PlannedItem]
    buyer: BuyerDetails
    page: PaymentPage
    method: Method
    paying_at: datetime
    paid_at: datetime
    failed_at: datetime | None = None


PLAN = TypeAdapter(list[PlannedOrder])


def plan_order(  # noqa: PLR0913 - a sale has as many sides
    shop: Shop,
    name: str,
    drafts: list[tuple[datetime, ItemDraft, datetime | None]],
    *,
    buyer: BuyerDetails,
    page: Callable[[str], PaymentPage],
    method: Method,
    paying_at: datetime,
    paid_at: datetime,
    failed_at: datetime | None = None,
) -> PlannedOrder:
    """`drafts` are when each was chosen, what, and when it was cancelled. Ids follow from `name`."""
    began_at, first, _ = drafts[0]
    values = order_values(shop, first.price, began_at) | {"order_id": past_id(Prefix.ORDER, began_at, name)}
    order = tables.Order(**values)
    items = []
    for ordinal, (chosen_at, draft, cancelled_at) in enumerate(drafts, start=1):
        item_id = past_id(Prefix.ORDER_ITEM, chosen_at, name, ordinal)
        chosen = item_values(draft, order, ordinal, chosen_at)
        ids = {"order_item_id": item_id, "booking_uuid": past_uuid(chosen_at, "booking", name, ordinal)}
        lines = list(line_values(draft, item_id, shop.reseller_id))
        has_unit_tickets = draft.live.product.pricing_per == "UNIT"
        items.append(
            PlannedItem(
                chosen_at=chosen_at,
                values=chosen | ids,
                lines=lines,
                has_unit_tickets=has_unit_tickets,
                cancelled_at=cancelled_at,
            )
        )
    return PlannedOrder(
        values=values,
        items=items,
        buyer=buyer,
        page=page(values["secret"]),
        method=method,
        paying_at=paying_at,
        paid_at=paid_at,
        failed_at=failed_at,
    )


def row_of(table: type[tables.Table], values: Mapping[str, Any]) -> Values:
    """Values that came out of JSON, in the types of the table's columns."""
    columns = table.__table__.columns
    return {name: _typed(columns[name].type.python_type, value) for name, value in values.items()}


def _typed(kind: type[object], value: Any) -> Any:
    if not isinstance(value, str) or kind is str:
        return value
    return UUID(value) if kind is UUID else kind.fromisoformat(value) if issubclass(kind, date) else value
