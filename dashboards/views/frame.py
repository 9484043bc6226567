"""The strip above every page: where you can go, and who you are."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards.views.door import door_link
from dashboards.visitor import Visitor, sign_in_address

PLATFORM = "Tiqzy"


def frame(visitor: Visitor, pages: Sequence[StreamlitPage]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False):
        with st.container(horizontal=True, gap="xsmall", width="content"):
            if len(pages) == 1:
                st.markdown(f"**{visitor.reseller_name or PLATFORM}**")
            else:
                for page in pages:
                    st.page_link(page)
        with st.popover("Account", type="tertiary"):
            st.text(f"{visitor.email}\n{visitor.reseller_name or PLATFORM}")
            door_link("Sign out", sign_in_address())
