"""What is wrong, in words a shop owner can use; nothing at all when all is well."""

from collections.abc import Sequence

import streamlit as st

from dashboards.sales_loading import newest_version
from dashboards.views.plain import plain
from dashboards.visitor import Shop

FIRST_FIGURES_SECONDS = 5


def problem_list(problems: Sequence[str]) -> None:
    if not problems:
        st.markdown(":green[**All is well.**] Every supplier was read on time.")
        return
    for problem in problems:
        st.warning(problem)


def nothing_published() -> None:
    with st.container(border=True):
        st.header("The catalogue is being prepared")
        st.write("The suppliers are being read for the first time. This takes a few minutes; nothing is wrong.")
        st.button("Look again", width="stretch")


def nothing_in_scope(shop_name: str) -> None:
    with st.container(border=True):
        st.header("Nothing to sell yet")
        st.write(f"No supplier offers anything in the countries and cities that {plain(shop_name)} chose.")


def no_shop() -> None:
    with st.container(border=True):
        st.header("No shop yet")
        st.write("Ask Tiqzy to open one; it takes a minute, and then its catalogue is shown here.")


def no_figures() -> None:
    with st.container(border=True):
        st.header("Your figures are being prepared")
        st.write("Nothing has been counted yet. They show here by themselves, minutes after the first start.")
        _show_the_first()


@st.fragment(run_every=FIRST_FIGURES_SECONDS)
def _show_the_first() -> None:
    if newest_version() is not None:
        st.rerun()


def no_sale(shops: Sequence[Shop]) -> None:
    """The state every reseller starts in: it says that all is well, and what happens next."""
    with st.container(border=True):
        st.header("No sale yet")
        names = ", ".join(plain(shop.name) for shop in shops)
        opened = f"{names} is open. " if len(shops) == 1 else f"{names} are open. " if shops else ""
        st.write(f"{opened}The first order shows here by itself, within a minute of being paid.")


def nothing_sold() -> None:
    st.info("No order matches. Try another period.")
