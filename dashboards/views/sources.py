"""How old each supplier's facts are, and what is wrong, in words."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from core.domain.lateness import CALENDAR_LATE_AFTER, CATALOGUE_LATE_AFTER, SLOTS_LATE_AFTER
from dashboards.views.ages import age_in_words, local_moment
from dashboards.views.plain import plain
from warehouse.readers.shapes import Source

# On a phone they stand below each other.
CARDS_PER_ROW = 2

LATE_AFTER = {
    "Products": CATALOGUE_LATE_AFTER,
    "Days and prices": CALENDAR_LATE_AFTER,
    "Times": SLOTS_LATE_AFTER,
}


def source_ages(sources: Sequence[Source], now: datetime) -> None:
    st.header("As of")
    for first in range(0, len(sources), CARDS_PER_ROW):
        for column, source in zip(st.columns(CARDS_PER_ROW), sources[first : first + CARDS_PER_ROW], strict=False):
            with column.container(border=True, gap="xsmall"):
                _card(source, now)


def late_sources(sources: Sequence[Source], now: datetime) -> list[str]:
    """One sentence for each kind of fact that is older than it should be, or was never read."""
    return [
        f"{what} of {supplier_name(source)} were {_lateness(read_at, now)}."
        for source in sources
        for what, read_at in facts_of(source).items()
        if is_late(what, read_at, now)
    ]


def supplier_name(source: Source) -> str:
    """Ready for Markdown."""
    return plain(source.supplier_name or source.connection_id)


def facts_of(source: Source) -> dict[str, datetime | None]:
    """When each kind of fact was last read, under the name that people know it by."""
    return {
        "Products": source.catalogue_read_at,
        "Days and prices": source.days_read_at,
        "Times": source.slots_read_at,
    }


def is_late(what: str, read_at: datetime | None, now: datetime) -> bool:
    return read_at is None or now - read_at > LATE_AFTER[what]


def _card(source: Source, now: datetime) -> None:
    st.markdown(f"**{supplier_name(source)}**")
    for what, read_at in facts_of(source).items():
        st.markdown(_age_line(what, read_at, now))
    with st.popover("When exactly?", type="tertiary"):
        for what, read_at in facts_of(source).items():
            st.write(f"{what}: {local_moment(read_at, st.context.timezone) if read_at else 'never read'}")


def _age_line(what: str, read_at: datetime | None, now: datetime) -> str:
    age = age_in_words(read_at, now) if read_at else "never read"
    return f"{what} :orange[**{age}**]" if is_late(what, read_at, now) else f"{what} {age}"


def _lateness(read_at: datetime | None, now: datetime) -> str:
    return f"last read {age_in_words(read_at, now)}" if read_at else "never read"
