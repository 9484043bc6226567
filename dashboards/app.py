"""The dashboards' door and frame: who are you, which pages are yours, show one."""

import streamlit as st

from core.domain.roles import AccountRole
from dashboards.views.door import api_is_away, sign_in_first
from dashboards.views.frame import frame
from dashboards.visitor import ApiUnreachable, Visitor, identify

CATALOGUE = st.Page("pages/catalogue.py", title="Catalogue", default=True)
CITIES = st.Page("pages/cities.py", title="Cities")

PAGES_OF = {
    AccountRole.OWNER: [CATALOGUE],
    AccountRole.ANALYST: [CATALOGUE, CITIES],
    AccountRole.STAFF: [CATALOGUE, CITIES],
}


def let_in() -> Visitor:
    """Whoever is signed in; the script ends here for everybody else."""
    try:
        visitor = identify()
    except ApiUnreachable:
        api_is_away()
        st.stop()
    if visitor is None:
        sign_in_first()
        st.stop()
    return visitor


st.set_page_config(page_title="Tiqzy", layout="centered", initial_sidebar_state="collapsed")
visitor = let_in()
pages = PAGES_OF[visitor.role]
page = st.navigation(pages, position="hidden")
frame(visitor, pages)
page.run()
