"""How old the figures are, and a page that follows them by itself."""

from datetime import date, timedelta

import streamlit as st

from core.domain.clock import utc_now
from dashboards.sales_loading import SalesDesk, newest_version
from dashboards.views.ages import age_in_words
from dashboards.views.plain import plain

FOLLOW_SECONDS = 10
# Figures are made anew whenever something is sold or given back, so a quiet shop alone may explain old ones.
OLD_AFTER = timedelta(days=1)


def freshness(desk: SalesDesk) -> None:
    """The line `data as of`, and a warning where the figures may not be all."""
    _follow(desk, desk.local(utc_now()).date())
    if desk.problem:
        st.warning(f"Newer figures are not shown: {plain(desk.problem)}.")
    elif utc_now() - desk.as_of > OLD_AFTER:
        st.warning(
            "These figures are older than a day. If nothing was sold or given back since, they are complete;"
            " if something was, tell us."
        )


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow(desk: SalesDesk, shown_day: date) -> None:
    """The whole page runs again once there are newer figures, or once a new business day has begun."""
    now = utc_now()
    if newest_version() not in (None, desk.version) or desk.local(now).date() != shown_day:
        st.rerun()
    st.caption(
        f"Data as of {desk.local(desk.as_of):%-d %b, %H:%M} · {age_in_words(desk.as_of, now)}",
        help=f"Days and times are of {plain(desk.time_zone.key)}. New sales are here within a minute.",
    )
