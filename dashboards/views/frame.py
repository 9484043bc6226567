"""The strip above every page: where you can go, and who you are."""

from collections.abc import Sequence

import streamlit as st

from dashboards.menu import MenuItem
from dashboards.views.door import door_link
from dashboards.views.plain import plain
from dashboards.visitor import Visitor, sign_in_address

PLATFORM = "Tiqzy"


def frame(visitor: Visitor, items: Sequence[MenuItem]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False):
        with st.container(horizontal=True, gap=None, width="content"):
            if len(items) == 1:
                st.markdown(f"**{plain(visitor.reseller_name or PLATFORM)}**")
            else:
                for item in items:
                    st.page_link(item.script, label=item.title)
        with st.popover("Account", type="tertiary"):
            st.text(f"{visitor.email}\n{visitor.reseller_name or PLATFORM}")
            door_link("Sign out", sign_in_address())
