"""Cities as a table that fits a phone: what is sold in each, beside how many people live there."""

import html
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

import streamlit as st

from warehouse.readers.shapes import City

PEOPLE = 100_000
_STYLE = Path(__file__).with_suffix(".css")


class CityOrder(StrEnum):
    PRODUCTS = "Most products"
    PEOPLE = "Largest population"
    GAP = "Least covered"
    NAME = "Name"


_KEYS: dict[CityOrder, Callable[[City], tuple[float, str]]] = {
    CityOrder.PRODUCTS: lambda city: (-city.product_count, city.name),
    CityOrder.PEOPLE: lambda city: (-city.population, city.name),
    CityOrder.GAP: lambda city: (places_per_100k(city), city.name),
    CityOrder.NAME: lambda city: (0, city.name),
}


def places_per_100k(city: City) -> float:
    """Places for each 100,000 inhabitants; infinite where the population is not known, so that it is no gap."""
    return city.place_count * PEOPLE / city.population if city.population else float("inf")


def city_order_picker() -> CityOrder:
    chosen: CityOrder = st.selectbox("Order", tuple(CityOrder), format_func=str)
    return chosen


def city_table(cities: Sequence[City], order: CityOrder) -> None:
    """Bars compare products; the widest belongs to the city with most."""
    most = max(city.product_count for city in cities)
    rows = "".join(_row(city, most) for city in sorted(cities, key=_KEYS[order]))
    st.html(_STYLE)
    st.html(f"<table class='cities'><thead>{_HEAD}</thead><tbody>{rows}</tbody></table>")


def _row(city: City, most: int) -> str:
    width = round(100 * city.product_count / most)
    people = f"{city.population:,}" if city.population else "unknown"
    return (
        f"<tr><th scope='row'>{html.escape(city.name)}<small>{html.escape(city.country_name)}</small></th>"
        f"<td>{people}</td><td>{city.place_count:,}</td>"
        f"<td>{city.product_count:,}<i style='width:{width}%'></i></td></tr>"
    )


_HEAD = (
    "<tr><th scope='col'>City</th><th scope='col'>People</th>"
    "<th scope='col'>Places</th><th scope='col'>Products</th></tr>"
)
