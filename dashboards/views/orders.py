"""Orders as a list that fits a phone: reference, when, what, how much, and where each booking is."""

import html
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import streamlit as st

from core.domain.sale import ItemState
from dashboards.sales_loading import SalesDesk
from dashboards.views.amounts import Amounts
from dashboards.views.pickers import period_picker
from warehouse.readers.sales_shapes import OrderList, OrderQuery, SoldItem, SoldOrder

_STYLE = Path(__file__).with_suffix(".css")


class Standing(StrEnum):
    """Where a booking is, in a reseller's words."""

    ISSUED = "Tickets issued"
    VISITED = "Visited"
    WAITING = "Waiting for the supplier"
    ENDED = "Cancelled or refused"


_STATES = {
    Standing.ISSUED: frozenset({ItemState.CONFIRMED}),
    Standing.VISITED: frozenset({ItemState.REDEEMED}),
    Standing.ENDED: frozenset({ItemState.CANCELLED, ItemState.FAILED, ItemState.REJECTED, ItemState.EXPIRED}),
}
# Whatever is not yet decided, and any state that is new here.
_STATES[Standing.WAITING] = frozenset(ItemState) - frozenset[ItemState]().union(*_STATES.values())
ALL = "All orders"


def order_picker(today: date) -> OrderQuery:
    """Period, state and reference; a reference is looked for in all periods."""
    period = period_picker(today)
    left, right = st.columns(2, wrap=False)
    standing = left.selectbox("State", (ALL, *Standing), key="standing")
    reference = right.text_input("Reference", placeholder="Of any period", max_chars=40, key="reference")
    states = frozenset() if standing == ALL else frozenset(state.value for state in _STATES[Standing(standing)])
    query = OrderQuery(period, states, reference)
    return replace(query, page=st.session_state.get(_page_key(query), 1))


def order_list(desk: SalesDesk, found: OrderList, shop_names: Mapping[str, str], amounts: Amounts) -> None:
    rows = "".join(_order(desk, order, shop_names, amounts) for order in found.orders)
    count = f"{amounts.count(found.total)} order{'' if found.total == 1 else 's'}"
    st.html(_STYLE)
    st.html(f"<p class='note'>{count}</p><ol class='orders'>{rows}</ol>")


def page_picker(total: int, query: OrderQuery) -> None:
    """Where there is more than one page."""
    pages = -(-total // query.page_size)
    if pages > 1:
        st.pagination(pages, key=_page_key(query), width="stretch")


def _page_key(query: OrderQuery) -> str:
    """Another question starts at its own first page."""
    return f"page {replace(query, page=1)}"


def _order(desk: SalesDesk, order: SoldOrder, shop_names: Mapping[str, str], amounts: Amounts) -> str:
    sold_at = desk.local(order.sold_at)
    refund = (
        f"<small>&minus; {amounts.money(order.money(order.refund_minor))} back</small>" if order.refund_minor else ""
    )
    shop = shop_names.get(order.shop_id, "") if len(shop_names) > 1 else ""
    when = " · ".join(filter(None, (f"{amounts.day(sold_at.date())} {sold_at:%Y, %H:%M}", html.escape(shop))))
    paid = amounts.money(order.money(order.offer_minor))
    items = "".join(_item(item, amounts) for item in order.items)
    return (
        f"<li><header><b>{html.escape(order.order_reference)}</b><span>{paid}{refund}</span></header>"
        f"<small>{when}</small><ul>{items}</ul></li>"
    )


def _item(item: SoldItem, amounts: Amounts) -> str:
    standing = standing_of(item.state)
    place = f", {item.city_name}" if item.city_name else ""
    words = f"{item.title or 'Unknown'}{place}, for {amounts.day(item.local_date)}"
    back = " · money back" if item.is_refunded else ""
    return (
        f"<li>{amounts.count(item.ticket_count)} &times; {html.escape(words)} "
        f"<em class='{standing.name.lower()}'>{standing.value}{back}</em></li>"
    )


def standing_of(state: str) -> Standing:
    return next((standing for standing, states in _STATES.items() if state in states), Standing.WAITING)
