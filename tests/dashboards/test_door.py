"""Who gets in, and to which pages."""

import pytest

from core.settings import settings
from tests.dashboards.conftest import everything_on


def test_nobody_sees_anything_but_the_way_to_sign_in(open_dashboards, release):
    page = everything_on(open_dashboards())
    assert "Sign in" in page
    assert "/sign-in?return_to=" in page
    assert "Amsterdam" not in page
    assert release not in page


@pytest.mark.parametrize("page", ["catalogue", "cities"])
@pytest.mark.usefixtures("release")
def test_no_page_opens_beside_the_door(open_dashboards, page):
    assert "Amsterdam" not in everything_on(open_dashboards(page=page))


def test_a_made_up_session_is_nobody(open_dashboards):
    assert "Sign in" in everything_on(open_dashboards(token="guess"))


def test_when_nobody_can_tell_who_it_is_the_page_says_so(open_dashboards, monkeypatch):
    monkeypatch.setenv("TIQZY_SHOP_PORT", "9")
    settings.cache_clear()
    page = everything_on(open_dashboards(token="some-session"))
    assert "cannot check who you are" in page


@pytest.mark.usefixtures("release")
def test_a_session_that_ended_stops_at_the_next_touch(open_dashboards, monkeypatch):
    script = open_dashboards("owner@mira.example")
    assert "Catalogue" in everything_on(script)
    monkeypatch.setattr("dashboards.visitor.SESSION_COOKIE", "another_cookie")
    assert "Catalogue" not in everything_on(script.run())


@pytest.mark.usefixtures("release")
def test_an_owner_does_not_see_the_analysts_page(open_dashboards):
    assert "Cities" not in [title.value for title in open_dashboards("owner@mira.example", page="cities").title]


@pytest.mark.parametrize("email", ["analyst@tiqzy.example", "staff@tiqzy.example"])
@pytest.mark.parametrize(("page", "title"), [("catalogue", "Catalogue"), ("cities", "Cities")])
@pytest.mark.usefixtures("release")
def test_our_own_people_see_every_page(open_dashboards, email, page, title):
    script = open_dashboards(email, page=page)
    assert not script.exception
    assert script.title[0].value == title
