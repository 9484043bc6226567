"""Sales: what sold in a period, beside the period before, split as asked, and the same numbers as a file."""

import streamlit as st

from core.domain.clock import utc_now
from dashboards.entrance import enter_as_reseller
from dashboards.menu import SALES
from dashboards.sales_loading import load_period, open_desk
from dashboards.views.amounts import reader_amounts
from dashboards.views.freshness import freshness
from dashboards.views.pickers import currency_picker, period_picker
from dashboards.views.problems import no_figures, no_sale, nothing_sold
from dashboards.views.sales import sales_export, sales_figures, sales_picture, sales_split

visitor, reseller_id = enter_as_reseller(SALES)
st.title("Sales")
desk = open_desk(reseller_id)
if desk is None:
    no_figures()
    st.stop()

freshness(desk)
if not desk.currencies:
    no_sale(visitor.shops)
    st.stop()

period = period_picker(desk.local(utc_now()).date())
currency = currency_picker(desk.currencies)
sales = load_period(desk, currency, period)
amounts = reader_amounts()
sales_figures(desk, sales, currency, period, amounts)
if not sales.totals.order_count:
    nothing_sold()
    st.stop()

sales_split(sales, currency, visitor.shop_names, amounts)
sales_export(desk, currency, period, visitor.shop_names)
sales_picture(desk, sales, currency, period)
