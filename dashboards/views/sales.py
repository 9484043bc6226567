"""The parts of the page of sales: figures, a split, the same as a file, and a picture for whoever opens it."""

from collections.abc import Mapping

import streamlit as st

from dashboards.export import sales_file
from dashboards.periods import period_before
from dashboards.sales_loading import PeriodSales, SalesDesk, load_hours, load_rows
from dashboards.views.amounts import Amounts
from dashboards.views.cards import cards_html, sales_cards
from dashboards.views.ranking import ranking_html, share_names
from dashboards.views.today import STYLE
from warehouse.readers.sales_shapes import Dimension, Period, SoldCurrency


def sales_figures(
    desk: SalesDesk, sales: PeriodSales, currency: SoldCurrency, period: Period, amounts: Amounts
) -> None:
    before = period_before(period)
    is_comparable = desk.sold_by(before.last)
    days = amounts.days(period.first, period.last)
    beside = f", compared with {amounts.days(before.first, before.last)}" if is_comparable else ""
    st.html(STYLE)
    st.html(
        f"<p class='note'>{days}{beside}</p>"
        + cards_html(sales_cards(sales.totals, sales.before if is_comparable else None, currency, amounts))
    )


def sales_split(sales: PeriodSales, currency: SoldCurrency, shop_names: Mapping[str, str], amounts: Amounts) -> None:
    """By what the visitor chooses; every choice adds up to the same total."""
    dimension = st.segmented_control(
        "By",
        tuple(Dimension),
        default=Dimension.PRODUCT,
        required=True,
        format_func=lambda choice: choice.value.capitalize(),
        label_visibility="collapsed",
        key="dimension",
    )
    shares = sales.shares[dimension]
    names = share_names(shares, dimension, shop_names, amounts)
    st.html(ranking_html(dimension.value.capitalize(), shares, names, currency, amounts))


def sales_export(desk: SalesDesk, currency: SoldCurrency, period: Period, shop_names: Mapping[str, str]) -> None:
    """Made when it is asked for, of the release on the screen."""
    st.download_button(
        "Download as CSV",
        lambda: sales_file(load_rows(desk, currency, period), currency, shop_names),
        file_name=f"sales-{period.first}-{period.last}-{currency.currency}.csv",
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )


def sales_picture(desk: SalesDesk, sales: PeriodSales, currency: SoldCurrency, period: Period) -> None:
    """Plotly is a megabyte: it is fetched by whoever opens the box."""
    box = st.expander("Pictures: by day and by hour", on_change="rerun", key="pictures")
    if box.open:
        from dashboards.views.pictures import by_day, by_hour

        with box:
            by_day(sales.shares[Dimension.DAY], period, currency)
            by_hour(load_hours(desk, currency, period))
