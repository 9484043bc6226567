"""Choices above a page; where there is nothing to choose, nothing is drawn."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboards.periods import Preset, last_days, period_of
from dashboards.visitor import Shop, Visitor
from warehouse.readers.sales_shapes import Period, SoldCurrency

WHOLE_CATALOGUE = Shop(shop_id="", slug="", name="The whole catalogue", country_codes=frozenset(), city_ids=frozenset())


def shop_picker(visitor: Visitor) -> Shop | None:
    """One of the visitor's shops; the whole catalogue for the platform's own people; None for a reseller without."""
    shops = visitor.shops if visitor.reseller_name else (WHOLE_CATALOGUE,)
    if len(shops) <= 1:
        return next(iter(shops), None)
    by_slug = {shop.slug: shop for shop in shops}
    chosen = st.selectbox("Shop", by_slug, format_func=lambda slug: by_slug[slug].name)
    return by_slug[chosen]


def currency_picker(currencies: Sequence[SoldCurrency]) -> SoldCurrency:
    """One at a time, as amounts of two do not add up; the most sold first."""
    if len(currencies) == 1:
        return currencies[0]
    place = st.segmented_control(
        "Currency",
        range(len(currencies)),
        default=0,
        required=True,
        format_func=lambda place: currencies[place].currency,
        label_visibility="collapsed",
        key="currency",
    )
    return currencies[place or 0]


def period_picker(today: date) -> Period:
    """Business days of the reseller; a range of which only the first day is chosen is that day."""
    preset = st.selectbox("Period", tuple(Preset), index=list(Preset).index(Preset.LAST_30_DAYS), key="period")
    if preset is not Preset.OWN:
        return period_of(preset, today)
    month = last_days(30, today)
    chosen = st.date_input("From and to", (month.first, month.last), max_value=today, format="YYYY-MM-DD", key="range")
    first, last = (*chosen, *chosen)[0], chosen[-1]
    return Period(first, last)
