"""Catalogue: what a shop can show now, how old that is, and what is wrong."""

import streamlit as st

from core.domain.clock import utc_now
from dashboards.entrance import enter
from dashboards.loading import load_coverage
from dashboards.menu import CATALOGUE
from dashboards.views.coverage import city_list, coverage_figures, release_line
from dashboards.views.pickers import shop_picker
from dashboards.views.problems import no_shop, nothing_in_scope, nothing_published, problem_list
from dashboards.views.sources import late_sources, source_ages

visitor = enter(CATALOGUE)
st.title("Catalogue")
shop = shop_picker(visitor)
if shop is None:
    no_shop()
    st.stop()

coverage = load_coverage(shop.scope)
if coverage is None:
    nothing_published()
    st.stop()

now = utc_now()
if coverage.cities:
    coverage_figures(coverage)
else:
    nothing_in_scope(shop.name)
problem_list([*coverage.problems, *late_sources(coverage.sources, now)])
source_ages(coverage.sources, now)
city_list(coverage.cities)
release_line(coverage, now)
