"""Choices above a page; where there is nothing to choose, nothing is drawn."""

import streamlit as st

from dashboards.visitor import Shop, Visitor

WHOLE_CATALOGUE = Shop(slug="", name="The whole catalogue", country_codes=frozenset(), city_ids=frozenset())


def shop_picker(visitor: Visitor) -> Shop | None:
    """One of the visitor's shops; the whole catalogue for the platform's own people; None for a reseller without."""
    shops = visitor.shops if visitor.reseller_name else (WHOLE_CATALOGUE,)
    if len(shops) <= 1:
        return next(iter(shops), None)
    by_slug = {shop.slug: shop for shop in shops}
    chosen = st.selectbox("Shop", by_slug, format_func=lambda slug: by_slug[slug].name)
    return by_slug[chosen]
