"""Every page of the shop and the dashboards, on phones and a desk, light and dark, as axe-core judges it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import Page, expect

from core.db.addresses import Database, database_url
from tests.browser.buying import day_with_times, issued_reference, pay_by_card
from tests.browser.looking import complaints
from tests.browser.serving import serving, working
from tests.dashboards.release import publish
from tests.fixtures.accounts import PASSWORD, PASSWORD_HASH
from tests.fixtures.sales_release import Item, publish_sales

pytestmark = pytest.mark.browser

BUYER = "anna@buyer.example"
STAFF = "people@tiqzy.example"
STAFF_ACCOUNT = """
  INSERT INTO account (account_id, reseller_id, email, password_hash, role) VALUES ('acc_people', NULL, %s, %s, 'STAFF')
"""
PATIENCE_MS = 30_000
OWNERS, ANALYSTS = ("Today", "Sales", "Orders", "Catalogue"), ("Cities",)
MAIN = "document.querySelector('[data-testid=stMain]')"
WIDER_MAIN = f"{MAIN}.scrollWidth - {MAIN}.clientWidth"
OPEN_PAGES = (
    *("/", "/sign-in", "/s/canal-house/", "/s/canal-house/countries/netherlands", "/s/canal-house/cities/amsterdam"),
    *("/s/canal-house/cities/amsterdam?kind=none", "/s/canal-house/places/great-museum", "/s/canal-house/cart"),
    *("/s/canal-house/tickets/ticket-30", "/s/canal-house/search?q=museum", "/s/canal-house/search?q=nothing"),
    *("/s/canal-house/nowhere", "/s/canal-house/orders/unknown", "/s/nobody/"),
)


@pytest.fixture
def shop_address(shops, world, live_product, sandbox) -> Iterator[str]:
    world.picture_src = live_product.picture_src
    world.publish(shops.settings)
    chosen = sandbox.sells_and_mails_for(shops.settings)
    with serving(chosen) as address, working(chosen):
        yield address


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_pages_that_anybody_opens(page, shop_address):
    found = []
    for path in OPEN_PAGES:
        page.goto(shop_address + path)
        found += complaints(page)
    assert not found, "\n".join(found)


def test_pages_of_a_purchase(page, shop_address):
    found = []
    page.goto(f"{shop_address}/s/canal-house/tickets/ticket-30")
    page.goto(day_with_times(page) or pytest.fail("the sandbox has no time with room"))
    found += complaints(page)
    page.locator("a.time-link").first.click()
    found += complaints(page)
    page.locator("input[type=number]").first.fill("2")
    page.get_by_role("button", name="Continue").click()
    found += complaints(page)
    pay_by_card(page, "Anna de Vries", BUYER)
    issued_reference(page, 2)
    found += complaints(page)
    page.goto(f"{page.url.partition('?')[0]}/items/{_item(page, shop_address)}/cancel")
    found += complaints(page)
    assert not found, "\n".join(found)


def test_pages_of_our_own_people(page, shops, shop_address):
    with psycopg.connect(database_url(Database.SHOP, shops.settings)) as owner:
        owner.execute(STAFF_ACCOUNT, [STAFF, PASSWORD_HASH])
    page.goto(f"{shop_address}/staff")
    _sign_in(page, STAFF)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = complaints(page)
    for path in ("/staff/commission", "/staff/orders/TQ-NOBODY", "/sign-in"):
        page.goto(shop_address + path)
        found += complaints(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("who", "pages"), [("owner@mira.example", OWNERS), ("analyst@tiqzy.example", ANALYSTS)])
def test_pages_of_the_dashboards(page, running_dashboards, who, pages):
    published, now = running_dashboards.home / "published", datetime.now(UTC)
    publish(published, read_at=now - timedelta(minutes=30))
    publish_sales(published, [Item("ord_1", now - timedelta(days=day), 4_000) for day in range(3)], built_at=now)
    dashboards = f"http://127.0.0.1:{running_dashboards.dashboards_port}"
    page.goto(dashboards)
    page.get_by_role("link", name="Sign in").wait_for()
    found = complaints(page, wider=WIDER_MAIN)
    page.get_by_role("link", name="Sign in").click()
    _sign_in(page, who)
    for title in pages:
        page.goto(f"{dashboards}/{title.lower()}")
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=PATIENCE_MS)
        found += complaints(page, wider=WIDER_MAIN)
    assert not found, "\n".join(found)


def _sign_in(page: Page, who: str) -> None:
    page.get_by_label("E-mail").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _item(page: Page, shop_address: str) -> str:
    """As a program is told of it."""
    secret = page.url.partition("?")[0].rpartition("/")[2]
    headers = {"authorization": f"Bearer {secret}"}
    order = page.request.get(f"{shop_address}/v1/shops/canal-house/order", headers=headers).json()
    return order["items"][0]["order_item_id"]
