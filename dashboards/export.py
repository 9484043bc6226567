"""Sales as a file for a spreadsheet. rows of a release -> CSV, amounts in major units"""

import csv
import io
from collections.abc import Iterable, Mapping

from warehouse.readers.sales_shapes import SalesRow, SoldCurrency

COLUMNS = (
    "business_date",
    "shop",
    "product",
    "city",
    "country",
    "currency",
    "tickets",
    "tickets_refunded",
    "original",
    "discount",
    "offer",
    "refund",
    "net_sales",
    "commission",
)
# A spreadsheet would take a cell that starts like this for a formula, and run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sales_file(rows: Iterable[SalesRow], currency: SoldCurrency, shop_names: Mapping[str, str]) -> bytes:
    """One line a day, shop and product; `tickets` and `net_sales` add up to the figures on the page.

    UTF-8 with a mark at its start, without which a spreadsheet guesses another encoding.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_line(row, currency, shop_names) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _line(row: SalesRow, currency: SoldCurrency, shop_names: Mapping[str, str]) -> tuple[object, ...]:
    sold = row.sold
    minors = (
        sold.original_minor,
        sold.discount_minor,
        sold.offer_minor,
        sold.refund_minor,
        sold.net_sales_minor,
        sold.commission_kept_minor,
    )
    return (
        row.business_date.isoformat(),
        _words(shop_names.get(row.shop_id, row.shop_id)),
        _words(row.product_title or row.product_id),
        _words(row.city_name or ""),
        row.country_code or "",
        currency.currency,
        sold.kept_ticket_count,
        sold.refunded_ticket_count,
        *(f"{currency.money(minor).major:f}" for minor in minors),
    )


def _words(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
