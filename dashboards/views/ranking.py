"""What sold most, as a table that fits a phone. shares of a whole -> HTML"""

import html
from collections.abc import Mapping, Sequence
from datetime import date

from dashboards.views.amounts import Amounts
from warehouse.readers.sales_shapes import Dimension, Share, Sold, SoldCurrency

UNKNOWN = {Dimension.PRODUCT: "A product without a title", Dimension.CITY: "No city known"}


def share_names(
    shares: Sequence[Share], dimension: Dimension, shop_names: Mapping[str, str], amounts: Amounts
) -> dict[str, str]:
    """How people call each share, by its key."""
    return {share.key: _name(share, dimension, shop_names, amounts) for share in shares}


def top_html(title: str, shares: Sequence[Share], count: int, currency: SoldCurrency, amounts: Amounts) -> str:
    """The `count` best, without those whose money all went back."""
    best = [share for share in shares if share.sold.kept_ticket_count][:count]
    names = {share.key: share.name or "Unknown" for share in best}
    rows = "".join(_row(names[share.key], share.sold, best[0].sold, currency, amounts) for share in best)
    return f"<table class='ranking'>{_head(title)}<tbody>{rows}</tbody></table>" if best else ""


def ranking_html(
    title: str, shares: Sequence[Share], names: Mapping[str, str], currency: SoldCurrency, amounts: Amounts
) -> str:
    """All of them, and their sum, which is what the cards show."""
    widest = max(shares, key=lambda share: share.sold.net_sales_minor).sold
    rows = "".join(_row(names[share.key], share.sold, widest, currency, amounts) for share in shares)
    tickets = sum(share.sold.kept_ticket_count for share in shares)
    net = sum(share.sold.net_sales_minor for share in shares)
    commission = sum(share.sold.commission_kept_minor for share in shares)
    total = (
        f"<tr><th scope='row'>Total<small>commission {_money(commission, currency, amounts)}</small></th>"
        f"<td>{amounts.count(tickets)}</td><td>{_money(net, currency, amounts)}</td></tr>"
    )
    return f"<table class='ranking'>{_head(title)}<tbody>{rows}</tbody><tfoot>{total}</tfoot></table>"


def _head(title: str) -> str:
    return (
        f"<thead><tr><th scope='col'>{html.escape(title)}</th><th scope='col'>Tickets</th>"
        "<th scope='col'>Net sales</th></tr></thead>"
    )


def _row(name: str, sold: Sold, widest: Sold, currency: SoldCurrency, amounts: Amounts) -> str:
    net_sales = _money(sold.net_sales_minor, currency, amounts)
    width = 100 * max(sold.net_sales_minor, 0) // max(widest.net_sales_minor, 1)
    return (
        f"<tr><th scope='row'>{html.escape(name)}<i style='width:{width}%'></i></th>"
        f"<td>{amounts.count(sold.kept_ticket_count)}</td><td>{net_sales}</td></tr>"
    )


def _money(minor: int, currency: SoldCurrency, amounts: Amounts) -> str:
    return html.escape(amounts.money(currency.money(minor)))


def _name(share: Share, dimension: Dimension, shop_names: Mapping[str, str], amounts: Amounts) -> str:
    if dimension is Dimension.DAY:
        return amounts.day(date.fromisoformat(share.key))
    if dimension is Dimension.SHOP:
        return shop_names.get(share.key, "A shop that was closed")
    return share.name or UNKNOWN[dimension]
