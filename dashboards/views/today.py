"""Today in one piece: a phone lays it out once. figures of a day -> HTML"""

from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboards.periods import ONE_DAY, WEEK, last_days
from dashboards.sales_loading import TREND_DAYS, SalesDesk, TodaySales
from dashboards.views.amounts import Amounts
from dashboards.views.cards import cards_html, sales_cards
from dashboards.views.ranking import top_html
from dashboards.views.trend import Trend, trend_html
from dashboards.views.visits import visits_html
from warehouse.readers.sales_shapes import SoldCurrency

STYLE = Path(__file__).with_name("sales.css")
TOP = 5


def today_figures(desk: SalesDesk, sales: TodaySales, currency: SoldCurrency, now: datetime, amounts: Amounts) -> None:
    local = desk.local(now)
    today = local.date()
    is_comparable = desk.sold_by(today - WEEK)
    trend = Trend.of(sales.days, last_days(TREND_DAYS, today), currency)
    st.html(STYLE)
    st.html(
        f"<p class='note'>{_comparison(local, amounts) if is_comparable else FIRST_WEEK}</p>"
        + cards_html(sales_cards(sales.so_far, sales.last_week if is_comparable else None, currency, amounts))
        + trend_html(trend, amounts)
        + visits_html(sales.visits, [("today", today), ("tomorrow", today + ONE_DAY)], amounts)
        + top_html("Products, 30 days", sales.products, TOP, currency, amounts)
        + top_html("Cities, 30 days", sales.cities, TOP, currency, amounts)
    )


FIRST_WEEK = "Your first week of sales: a week from now, each figure stands beside the same weekday's."


def _comparison(local: datetime, amounts: Amounts) -> str:
    return f"Compared with {amounts.day(local.date() - WEEK)} until {local:%H:%M}"
