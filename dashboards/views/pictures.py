"""Sales by day and by hour of the day, to touch and to read values from. figures -> Plotly"""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboards.periods import days_of
from warehouse.readers.sales_shapes import HourSales, Period, Share, SoldCurrency

HEIGHT = 240
HOURS = range(24)
# The theme's primary colours, which Plotly does not know.
COLOURS = {"light": "#23395b", "dark": "#f2b84b"}


def by_day(days: Sequence[Share], period: Period, currency: SoldCurrency) -> None:
    sold = {day.key: currency.money(day.sold.net_sales_minor).major for day in days}
    shown = days_of(period)
    values = [sold.get(day.isoformat(), 0) for day in shown]
    _bars(f"Net sales by day, {currency.currency}", shown, values)


def by_hour(hours: Sequence[HourSales]) -> None:
    """Tickets, as amounts of the same hour say less about when people buy."""
    sold = {hour.business_hour: hour.ticket_count for hour in hours}
    _bars("Tickets by hour of the day", [f"{hour:02}:00" for hour in HOURS], [sold.get(hour, 0) for hour in HOURS])


def _bars(title: str, places: Sequence[object], values: Sequence[object]) -> None:
    st.markdown(f"**{title}**")
    figure = go.Figure(
        go.Bar(x=list(places), y=list(values), marker_color=COLOURS.get(st.context.theme.type or "light"))
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        dragmode=False,
        xaxis={"fixedrange": True},
        yaxis={"fixedrange": True, "rangemode": "tozero"},
    )
    st.plotly_chart(figure, config={"displayModeBar": False})
