"""Today: what was sold so far, beside the same weekday of last week, and who comes."""

import streamlit as st

from core.domain.clock import utc_now
from dashboards.entrance import enter_as_reseller
from dashboards.menu import TODAY
from dashboards.sales_loading import load_today, open_desk
from dashboards.views.amounts import reader_amounts
from dashboards.views.freshness import freshness
from dashboards.views.pickers import currency_picker
from dashboards.views.problems import no_figures, no_sale
from dashboards.views.today import today_figures

visitor, reseller_id = enter_as_reseller(TODAY)
st.title("Today")
desk = open_desk(reseller_id)
if desk is None:
    no_figures()
    st.stop()

freshness(desk)
if not desk.currencies:
    no_sale(visitor.shops)
    st.stop()

currency = currency_picker(desk.currencies)
now = utc_now()
today_figures(desk, load_today(desk, currency, now), currency, now, reader_amounts())
