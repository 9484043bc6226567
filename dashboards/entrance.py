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
    frame(visitor, [item for item in MENU if visitor.role in item.roles])
    if visitor.role not in page.roles:
        not_for_you()
        st.stop()
    return visitor
