"""What somebody sees who is not in yet."""

import html
from pathlib import Path

import streamlit as st

from dashboards.visitor import sign_in_address


def sign_in_first() -> None:
    with st.container(border=True):
        st.title("Tiqzy")
        st.write("Your catalogue and your figures. Sign in to see them.")
        door_link("Sign in", sign_in_address())


def api_is_away() -> None:
    with st.container(border=True):
        st.title("Tiqzy")
        st.warning("We cannot check who you are just now. Your shop goes on; please try again in a minute.")
        st.button("Try again", width="stretch")


def not_for_you() -> None:
    st.error("This page is not for your account.")


def door_link(label: str, address: str) -> None:
    """A link that looks like a button and stays in this tab: st.link_button opens another, beside the old page."""
    st.html(Path(__file__).with_suffix(".css"))
    st.html(f"<a class='door-link' href='{html.escape(address)}'>{html.escape(label)}</a>")
