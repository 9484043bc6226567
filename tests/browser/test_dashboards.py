"""The dashboards on a phone, from their door on, with cookies and policies as they are."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.dashboards.release import publish
from tests.fixtures.accounts import PASSWORD
from tests.fixtures.dashboards import PATIENCE_SECONDS
from tests.fixtures.sales_release import Item, publish_sales

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 780}


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    yield context.new_page()
    context.close()


def test_an_analyst_signs_in_reads_the_page_asked_for_and_signs_out(running_dashboards, page):
    publish(running_dashboards.home / "published", read_at=datetime.now(UTC) - timedelta(minutes=30))
    dashboards = f"http://127.0.0.1:{running_dashboards.dashboards_port}"
    foreign = []
    page.on("request", lambda request: foreign.append(request.url) if not _is_ours(request.url) else None)

    page.goto(f"{dashboards}/cities")
    page.get_by_role("link", name="Sign in").click()
    _sign_in(page, "analyst@tiqzy.example")

    expect(page).to_have_url(f"{dashboards}/cities")
    expect(page.get_by_role("row", name=re.compile("Amsterdam"))).to_be_visible()
    assert not _sideways(page)

    page.get_by_role("button", name="Account").click()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    page.goto(dashboards)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert not foreign


def test_an_owners_phone_follows_the_figures_by_itself(running_dashboards, page):
    published, now = running_dashboards.home / "published", datetime.now(UTC)
    first, second = Item("ord_first", now, 4_000), Item("ord_second", now, 2_050)
    publish_sales(published, [first], built_at=now)
    foreign = []
    page.on("request", lambda request: foreign.append(request.url) if not _is_ours(request.url) else None)

    page.goto(f"http://127.0.0.1:{running_dashboards.dashboards_port}")
    page.get_by_role("link", name="Sign in").click()
    _sign_in(page, "owner@mira.example")
    expect(page.get_by_text("Net sales").first).to_be_visible()
    expect(page.get_by_text("40.00").first).to_be_visible()

    publish_sales(published, [first, second], built_at=now)
    expect(page.get_by_text("60.50").first).to_be_visible()

    page.get_by_text("Average order").click()
    expect(page.get_by_text("Net sales divided by orders.")).to_be_visible()
    page.set_viewport_size(SMALL_PHONE)
    for name in ("Sales", "Orders", "Catalogue"):
        assert not _sideways(page)
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    assert not _sideways(page)
    assert not foreign


def _sign_in(page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _sideways(page) -> int:
    """How far the page can be pushed sideways."""
    main = "document.querySelector('[data-testid=stMain]')"
    return page.evaluate(f"{main}.scrollWidth - {main}.clientWidth")


def _is_ours(address: str) -> bool:
    return address.startswith(("http://127.0.0.1:", "data:", "blob:"))
