"""Figures as cards in one piece of HTML, so that nothing moves while a page arrives. Totals -> HTML"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboards.views.amounts import Amounts, change_in_percent
from warehouse.readers.sales_shapes import SoldCurrency, Totals


@dataclass(frozen=True, slots=True)
class Card:
    """`definition` is a full sentence for whoever asks what is counted; `change` and `before` need a comparison."""

    label: str
    value: str
    definition: str
    change: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """How one figure is taken from totals; None where it does not exist."""

    label: str
    definition: str
    is_money: bool
    take: Callable[[Totals], int | None]


_FIGURES = (
    _Figure(
        "Net sales",
        "What buyers paid, less what they got back. A refund counts on the day of its sale, not when it was made.",
        is_money=True,
        take=lambda totals: totals.sold.net_sales_minor,
    ),
    _Figure(
        "Commission",
        "What you earn with these sales. It is taken back when the money of a ticket goes back.",
        is_money=True,
        take=lambda totals: totals.sold.commission_kept_minor,
    ),
    _Figure(
        "Tickets",
        "Tickets sold, without those whose money went back.",
        is_money=False,
        take=lambda totals: totals.sold.kept_ticket_count,
    ),
    _Figure(
        "Orders",
        "Orders of which at least one booking was kept.",
        is_money=False,
        take=lambda totals: totals.kept_order_count,
    ),
    _Figure(
        "Average order",
        "Net sales divided by orders.",
        is_money=True,
        take=lambda totals: totals.average_order_minor,
    ),
)


def sales_cards(totals: Totals, before: Totals | None, currency: SoldCurrency, amounts: Amounts) -> tuple[Card, ...]:
    """The figures of a period, each beside its own of the period `before`; the first is drawn widest."""
    return tuple(_card(figure, totals, before, currency, amounts) for figure in _FIGURES)


def cards_html(cards: Sequence[Card]) -> str:
    return f"<section class='cards'>{''.join(_html(card) for card in cards)}</section>"


def _card(figure: _Figure, totals: Totals, before: Totals | None, currency: SoldCurrency, amounts: Amounts) -> Card:
    def written(value: int | None) -> str:
        if value is None:
            return "none"
        return amounts.money(currency.money(value)) if figure.is_money else amounts.count(value)

    now, then = figure.take(totals), figure.take(before) if before else None
    return Card(
        label=figure.label,
        value=written(now),
        definition=figure.definition,
        change=change_in_percent(now, then) if now is not None and then is not None else None,
        before=written(then) if before else None,
    )


def _html(card: Card) -> str:
    """The whole card opens its definition: a target that a thumb cannot miss."""
    return (
        f"<details><summary><span>{html.escape(card.label)}</span><b>{html.escape(card.value)}</b>{_comparison(card)}"
        f"</summary><p>{html.escape(card.definition)}</p></details>"
    )


def _comparison(card: Card) -> str:
    if card.before is None:
        return ""
    before = f"from {html.escape(card.before)}"
    if card.change is None:
        return f"<small>{before}</small>"
    kind = {"+": "up", "-": "down"}.get(card.change[0], "same")
    return f"<small><i class='{kind}'>{card.change}</i> {before}</small>"
