"""Figures as cards, each with its definition one tap away."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# Two beside each other on a phone, four on a wide screen.
PAIR = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """`definition` is a full sentence for the person who asks what is counted."""

    label: str
    value: int
    definition: str


def figure_cards(figures: Sequence[Figure]) -> None:
    pairs = [figures[first : first + PAIR] for first in range(0, len(figures), PAIR)]
    for half, pair in zip(st.columns(len(pairs)), pairs, strict=True):
        for column, figure in zip(half.columns(PAIR, wrap=False), pair, strict=False):
            _card(column, figure)


def _card(column: DeltaGenerator, figure: Figure) -> None:
    """The label opens the definition; the number needs no label of its own to be seen, only to be heard."""
    with column.container(border=True, gap=None):
        with st.popover(figure.label, type="tertiary"):
            st.write(figure.definition)
        st.metric(figure.label, in_short(figure.value), label_visibility="collapsed")


def in_short(value: int) -> str:
    """As many digits as fit half a phone: 3,658, then 12.3 M."""
    million = 1_000_000
    return f"{value / million:.1f} M" if value >= million else f"{value:,}"
