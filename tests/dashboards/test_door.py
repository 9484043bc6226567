"""Who gets in, and to which pages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.settings import ROOT, settings
from dashboards.menu import MENU
from tests.dashboards.conftest import end_session, everything_on, session_of

PAGES = [Path(item.script).stem for item in MENU]
OWN_FIGURES = ["today", "sales", "orders"]


def test_nobody_sees_anything_but_the_way_to_sign_in(open_dashboards, release):
    page = everything_on(open_dashboards())
    assert "Sign in" in page
    assert "/sign-in?return_to=" in page
    assert "Amsterdam" not in page
    assert release not in page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("release")
def test_no_page_opens_beside_the_door(open_dashboards, page):
    assert "Amsterdam" not in everything_on(open_dashboards(page=page))


@pytest.mark.parametrize("session", ["guess", "two; tiqzy_session=words", "naïve", "x" * 5000])
def test_a_made_up_session_is_nobody(open_dashboards, session):
    assert "Sign in" in everything_on(open_dashboards(token=session))


def test_when_nobody_can_tell_who_it_is_the_page_says_so(open_dashboards, monkeypatch):
    monkeypatch.setenv("TIQZY_SHOP_PORT", "9")
    settings.cache_clear()
    page = everything_on(open_dashboards(token="some-session"))
    assert "cannot check who you are" in page


@pytest.mark.usefixtures("release")
def test_a_session_that_ended_stops_at_the_next_touch(open_dashboards, api):
    session = session_of(api, "owner@mira.example")
    script = open_dashboards(token=session)
    assert "Today" in everything_on(script)
    end_session(api, session)
    assert "Today" not in everything_on(script.run())


@pytest.mark.usefixtures("release")
def test_the_analysts_page_is_neither_offered_nor_shown_to_an_owner(open_dashboards):
    script = open_dashboards("owner@mira.example")
    assert [link.proto.label for link in script.get("page_link")] == ["Today", "Sales", "Orders", "Catalogue"]
    page = everything_on(open_dashboards("owner@mira.example", page="cities"))
    assert "This page is not for your account." in page
    assert "Amsterdam" not in page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("release")
def test_a_page_that_is_run_by_itself_has_the_same_door(page, open_dashboards):
    open_dashboards()
    script = AppTest.from_file(str(ROOT / "dashboards" / "pages" / f"{page}.py")).run()
    assert "Sign in" in everything_on(script)
    assert "Amsterdam" not in everything_on(script)


@pytest.mark.parametrize("email", ["analyst@tiqzy.example", "staff@tiqzy.example"])
@pytest.mark.parametrize(("page", "title"), [("catalogue", "Catalogue"), ("cities", "Cities")])
@pytest.mark.usefixtures("release")
def test_our_own_people_see_every_page(open_dashboards, email, page, title):
    script = open_dashboards(email, page=page)
    assert not script.exception
    assert script.title[0].value == title


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("release", "sales")
def test_a_reseller_opens_every_page_of_his(open_dashboards, page):
    script = open_dashboards("owner@mira.example", page=page)
    assert not script.exception
    assert script.title if page != "cities" else script.error


@pytest.mark.parametrize("page", OWN_FIGURES)
@pytest.mark.usefixtures("release", "sales")
def test_our_own_people_see_no_resellers_figures(open_dashboards, page):
    script = open_dashboards("staff@tiqzy.example", page=page)
    assert not script.exception
    assert "50.00" not in everything_on(script)
    assert [link.proto.label for link in script.get("page_link")] == ["Catalogue", "Cities"]


@pytest.mark.usefixtures("release")
def test_the_bare_address_opens_the_first_page_that_one_may_see(open_dashboards):
    assert open_dashboards("owner@mira.example").title[0].value == "Today"
    assert open_dashboards("staff@tiqzy.example").title[0].value == "Catalogue"
