"""Cities: what people look for in each, and what there is to sell, for those who decide where to grow."""

import streamlit as st

from core.domain.clock import utc_now
from dashboards.entrance import enter
from dashboards.loading import load_coverage
from dashboards.menu import CITIES
from dashboards.sales_loading import load_demand
from dashboards.views.cities import city_order_picker, city_table
from dashboards.views.coverage import reach_figures, release_line
from dashboards.views.demand import demand_section
from dashboards.views.problems import nothing_published
from warehouse.readers.shapes import CatalogScope

enter(CITIES)
st.title("Cities")
coverage = load_coverage(CatalogScope())
if coverage is None or not coverage.cities:
    nothing_published()
    st.stop()

reach_figures(coverage)
demand_section(load_demand())
st.header("Supply")
city_table(coverage.cities, city_order_picker())
release_line(coverage, utc_now())
