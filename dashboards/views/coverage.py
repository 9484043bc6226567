"""How much a scope contains: figures, cities by country, and the release it was read from."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import streamlit as st

from dashboards.loading import Coverage
from dashboards.views.ages import age_in_words, local_moment
from dashboards.views.figures import Figure, figure_cards
from dashboards.views.plain import plain
from warehouse.readers.shapes import City


def coverage_figures(coverage: Coverage) -> None:
    figure_cards(
        [
            Figure("Countries", len(coverage.countries), "Countries with at least one ticket that you can sell."),
            Figure("Cities", len(coverage.cities), "Cities with at least one ticket that you can sell."),
            Figure(
                "Places",
                coverage.place_count,
                "Museums, sights and venues. A sight that two suppliers sell counts once.",
            ),
            Figure(
                "Products",
                coverage.product_count,
                "Tickets of all suppliers, each counted once whatever its dates, options and prices.",
            ),
        ]
    )


def reach_figures(coverage: Coverage) -> None:
    figure_cards(
        [
            Figure("Cities", len(coverage.cities), "Cities with at least one ticket that a shop can sell."),
            Figure("People", coverage.population, "Inhabitants of these cities, after GeoNames."),
            Figure(
                "Places", coverage.place_count, "Museums, sights and venues; one that two suppliers sell counts once."
            ),
            Figure("Products", coverage.product_count, "Tickets of all suppliers in these cities."),
        ]
    )


def city_list(cities: Sequence[City]) -> None:
    """By country, folded: the page stays short on a phone."""
    st.header("Where")
    by_country = sorted(cities, key=lambda city: (city.country_name, -city.product_count, city.name))
    for country, group in groupby(by_country, key=lambda city: city.country_name):
        members = list(group)
        products = sum(city.product_count for city in members)
        with st.expander(f"{plain(country)} · {products:,} products"):
            for city in members:
                st.markdown(f"**{plain(city.name)}** · {city.place_count:,} places · {city.product_count:,} products")


def release_line(coverage: Coverage, now: datetime) -> None:
    with st.popover(f"Published {age_in_words(coverage.published_at, now)}", type="tertiary"):
        st.write(f"Release {coverage.version}")
        st.caption(
            f"Published {local_moment(coverage.published_at, st.context.timezone)}. "
            "Shops and this page read the same release, so they always agree."
        )
