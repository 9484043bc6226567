"""Orders: which ones, in which state, for how much; of the buyer only the order's reference."""

import streamlit as st

from core.domain.clock import utc_now
from dashboards.entrance import enter_as_reseller
from dashboards.menu import ORDERS
from dashboards.sales_loading import load_orders, open_desk
from dashboards.views.amounts import reader_amounts
from dashboards.views.freshness import freshness
from dashboards.views.orders import order_list, order_picker, page_picker
from dashboards.views.problems import no_figures, no_sale, nothing_sold

visitor, reseller_id = enter_as_reseller(ORDERS)
st.title("Orders")
desk = open_desk(reseller_id)
if desk is None:
    no_figures()
    st.stop()

freshness(desk)
if not desk.currencies:
    no_sale(visitor.shops)
    st.stop()

query = order_picker(desk.local(utc_now()).date())
found = load_orders(desk, query)
if not found.orders:
    nothing_sold()
    st.stop()

order_list(desk, found, visitor.shop_names, reader_amounts())
page_picker(found.total, query)
