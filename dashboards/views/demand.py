"""Demand against supply, city by city: a map drawn here, and the numbers behind it. counts by city -> HTML"""

import base64
import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import streamlit as st

from warehouse.readers.sales_shapes import CityDemand

_STYLE = Path(__file__).with_suffix(".css")

WIDTH = 420
MOST_HEIGHT = 360
MARGIN = 28
LARGEST = 15
SMALLEST = 3
NAMED = 12
# What a letter takes of a line, about, and a line of the map.
LETTER_WIDTH = 8
LINE_HEIGHT = 14
# A country on its own would be a few dots at the edges of an empty picture.
LEAST_DEGREES = 2.0


class DemandOrder(StrEnum):
    GAP = "Most looked for by product"
    EMPTY = "Most searches without a result"
    LOOKED_FOR = "Most looked for"
    SOLD = "Most tickets sold"


def looked_for(city: CityDemand) -> int:
    """Visits of the city's page and searches that meant it."""
    return city.visit_count + city.search_count


def looked_for_by_product(city: CityDemand) -> float:
    """Demand for each product there is; a city without any has all of its demand unmet."""
    return looked_for(city) / max(city.product_count, 1)


_KEYS: dict[DemandOrder, Callable[[CityDemand], float]] = {
    DemandOrder.GAP: looked_for_by_product,
    DemandOrder.EMPTY: lambda city: city.empty_search_count,
    DemandOrder.LOOKED_FOR: looked_for,
    DemandOrder.SOLD: lambda city: city.ticket_count,
}


def demand_section(cities: Sequence[CityDemand]) -> None:
    """Map and table of the last 30 days; nothing at all where nobody has looked for anything yet."""
    wanted = [city for city in cities if looked_for(city) or city.ticket_count]
    if not wanted:
        return
    st.header("Demand and supply, 30 days")
    order = st.selectbox("Show first", tuple(DemandOrder), format_func=str, key="demand_order")
    ordered = sorted(wanted, key=lambda city: (-_KEYS[order](city), city.name))
    st.html(_STYLE)
    st.html(map_html(wanted) + demand_table(ordered))


def map_html(cities: Sequence[CityDemand]) -> str:
    """North is up; a circle's area is the demand, its colour how much there is to sell for it."""
    return (
        f"<figure class='demand-map'><img alt='Map: demand by city, the same numbers as in the table below' "
        f"src='{_picture(cities)}'><figcaption>Larger: looked for more often. "
        "<b class='short'>Orange</b>: fewer products for it than in most cities.</figcaption></figure>"
    )


def demand_table(cities: Sequence[CityDemand]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(city.name)}<small>{html.escape(city.country_code)}</small></th>"
        f"<td>{looked_for(city):,}<small>{city.empty_search_count:,} empty</small></td>"
        f"<td>{city.product_count:,}<small>{city.slot_count:,} times</small></td>"
        f"<td>{city.ticket_count:,}</td></tr>"
        for city in cities
    )
    return (
        "<table class='demand'><thead><tr><th scope='col'>City</th><th scope='col'>Looked for</th>"
        f"<th scope='col'>Products</th><th scope='col'>Sold</th></tr></thead><tbody>{rows}</tbody></table>"
        "<details><summary>What is counted?</summary><p>Looked for: views of the city's page and searches that named "
        "it, in all shops. Empty: searches that found nothing. Times: dated times on sale now. Sold: tickets.</p>"
        "</details>"
    )


@dataclass(frozen=True, slots=True)
class _Projection:
    """Equal steps for equal degrees, narrowed by the middle latitude so that distances look right there."""

    west: float
    north: float
    scale: float
    narrowing: float
    height: int

    @classmethod
    def around(cls, cities: Sequence[CityDemand]) -> "_Projection":
        west, east = _widened([city.longitude for city in cities])
        south, north = _widened([city.latitude for city in cities])
        narrowing = math.cos(math.radians((south + north) / 2))
        inner = WIDTH - 2 * MARGIN
        scale = min(inner / ((east - west) * narrowing), (MOST_HEIGHT - 2 * MARGIN) / (north - south))
        west -= (inner / scale / narrowing - (east - west)) / 2
        return cls(west, north, scale, narrowing, round((north - south) * scale) + 2 * MARGIN)

    def place(self, city: CityDemand) -> tuple[int, int]:
        x = (city.longitude - self.west) * self.narrowing * self.scale + MARGIN
        return round(x), round((self.north - city.latitude) * self.scale + MARGIN)


def _widened(degrees: Sequence[float]) -> tuple[float, float]:
    low, high = min(degrees), max(degrees)
    missing = max(LEAST_DEGREES - (high - low), 0) / 2
    return low - missing, high + missing


_LOOK = (
    "circle{fill:#23395b;fill-opacity:.55}.short{fill:#d9730d;fill-opacity:.75}"
    "text{font:600 13px system-ui,sans-serif;fill:#1d2733;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    "@media(prefers-color-scheme:dark){circle{fill:#8fb3e8}.short{fill:#ff9d4d}"
    "text{fill:#e8ecf0;stroke:#1b222b}}"
)


def _picture(cities: Sequence[CityDemand]) -> str:
    projection = _Projection.around(cities)
    most = max(*(looked_for(city) for city in cities), 1)
    middle = sorted(looked_for_by_product(city) for city in cities)[len(cities) // 2]
    by_demand = sorted(cities, key=looked_for, reverse=True)
    circles = "".join(
        _circle(city, projection, most, is_short=looked_for_by_product(city) > middle) for city in by_demand
    )
    names = _apart([_Name.of(city, projection, most) for city in by_demand[:NAMED]])
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {projection.height}'>"
        f"<style>{_LOOK}</style>{circles}{''.join(name.drawn() for name in names)}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _apart(names: Sequence["_Name"]) -> list["_Name"]:
    """Those that lie on none before them."""
    chosen: list[_Name] = []
    for name in names:
        if not any(name.covers(other) for other in chosen):
            chosen.append(name)
    return chosen


def _circle(city: CityDemand, projection: _Projection, most: int, *, is_short: bool) -> str:
    x, y = projection.place(city)
    kind = " class='short'" if is_short else ""
    return f"<circle{kind} cx='{x}' cy='{y}' r='{_radius(city, most)}'/>"


def _radius(city: CityDemand, most: int) -> int:
    return max(SMALLEST, round(LARGEST * math.sqrt(looked_for(city) / most)))


@dataclass(frozen=True, slots=True)
class _Name:
    """A city's name beside its circle, on the side where there is room for it."""

    text: str
    left: int
    right: int
    y: int
    is_before: bool

    @classmethod
    def of(cls, city: CityDemand, projection: _Projection, most: int) -> "_Name":
        x, y = projection.place(city)
        gap, length = _radius(city, most) + 3, len(city.name) * LETTER_WIDTH
        is_before = x > WIDTH * 2 / 3
        left = x - gap - length if is_before else x + gap
        return cls(city.name, left, left + length, y, is_before)

    def covers(self, other: "_Name") -> bool:
        is_beside = self.right < other.left or other.right < self.left
        return not is_beside and abs(self.y - other.y) < LINE_HEIGHT

    def drawn(self) -> str:
        side = f"x='{self.right}' text-anchor='end'" if self.is_before else f"x='{self.left}'"
        return f"<text {side} y='{self.y + 4}'>{html.escape(self.text)}</text>"
