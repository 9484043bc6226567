"""What is wrong, in words a shop owner can use; nothing at all when all is well."""

from collections.abc import Sequence

import streamlit as st

from dashboards.views.plain import plain


def problem_list(problems: Sequence[str]) -> None:
    if not problems:
        st.markdown(":green[**All is well.**] Every supplier was read on time.")
        return
    for problem in problems:
        st.warning(problem)


def nothing_published() -> None:
    with st.container(border=True):
        st.subheader("The catalogue is being prepared")
        st.write("The suppliers are being read for the first time. This takes a few minutes; nothing is wrong.")
        st.button("Look again", width="stretch")


def nothing_in_scope(shop_name: str) -> None:
    with st.container(border=True):
        st.subheader("Nothing to sell yet")
        st.write(f"No supplier offers anything in the countries and cities that {plain(shop_name)} chose.")


def no_shop() -> None:
    with st.container(border=True):
        st.subheader("No shop yet")
        st.write("Ask Tiqzy to open one; it takes a minute, and then its catalogue is shown here.")
