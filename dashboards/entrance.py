"""The first line of every page: who is there, may he be here, and the strip above the page."""

import streamlit as st

from dashboards.menu import MENU, MenuItem
from dashboards.views.door import api_is_away, not_for_you, sign_in_first
from dashboards.views.frame import frame
from dashboards.visitor import ApiUnreachable, Visitor, identify


def enter(page: MenuItem) -> Visitor:
    """Whoever is signed in and may see `page`; for anybody else the page ends here.

    Each page asks by itself: Streamlit runs a page of this folder directly when nobody has opened app.py yet.
    """
    try:
        visitor = identify()
    except ApiUnreachable:
        api_is_away()
        st.stop()
    if visitor is None:
        sign_in_first()
        st.stop()
    items = [item for item in MENU if visitor.audience in item.audiences]
    if page is MENU[0] and page not in items:
        # The bare address opens the first page for everybody; it is not everybody's.
        st.switch_page(items[0].script)
    frame(visitor, items)
    if page not in items:
        not_for_you()
        st.stop()
    return visitor


def enter_as_reseller(page: MenuItem) -> tuple[Visitor, str]:
    """The same for a page of one reseller's figures, with the id that every figure is asked for by."""
    visitor = enter(page)
    if visitor.reseller_id is None:
        st.stop()
    return visitor, visitor.reseller_id
