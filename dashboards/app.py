"""The dashboards' script; dashboards/server.py serves it. Each page lets its own visitors in."""

import streamlit as st

from dashboards.menu import MENU

st.set_page_config(page_title="Tiqzy", layout="centered", initial_sidebar_state="collapsed")
pages = [st.Page(item.script, title=item.title, default=item is MENU[0]) for item in MENU]
st.navigation(pages, position="hidden").run()
