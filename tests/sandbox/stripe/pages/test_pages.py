"""The payment page as a buyer on a phone sees it, without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.stripe.pages.endpoints import POLICY
from tests.fixtures.sandbox import RunningSandbox
from tests.sandbox.stripe.shopkeeper import DECLINED, Shopkeeper

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Anything the page says is wrong fails the test."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    context.close()
    # A browser repeats the status of what is missing or over; that is no complaint about the page.
    assert [text for text in said if "status of" not in text] == []


def _session(shop: Shopkeeper, sandbox: RunningSandbox, **more: object):
    """Leads back to a page that is there: the sandbox's own."""
    return shop.session(
        success_url=f"{sandbox.base_url}/?done={{CHECKOUT_SESSION_ID}}", cancel_url=f"{sandbox.base_url}/?left", **more
    )


def _assert_fits(page: Page) -> None:
    """Nothing sticks out, and every button is one a thumb can hit."""
    assert max(box["x"] + box["width"] for box in _boxes(page, "*:visible")) <= PHONE["width"]
    assert min(box["height"] for box in _boxes(page, "button, header a")) >= 44


def _boxes(page: Page, which: str) -> list[dict[str, float]]:
    return [box for found in page.locator(f"body {which}").all() if (box := found.bounding_box())]


def test_a_card_is_declined_and_another_pays(phone, shop, sandbox) -> None:
    session = _session(shop, sandbox, customer_email="ada@example.org")
    phone.goto(session.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("€25.00")
    phone.get_by_label("Card number").fill(DECLINED)
    phone.get_by_role("button", name="Pay €25.00").click()
    expect(phone.get_by_role("alert")).to_have_text("Your card was declined.")
    phone.get_by_role("button", name="Pay €25.00").click()
    expect(phone).to_have_url(f"{sandbox.base_url}/?done={session.id}")
    phone.goto(session.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This is paid.")


def test_a_bank_refuses_and_then_approves(phone, shop, sandbox) -> None:
    session = _session(shop, sandbox, customer_email="ada@example.org")
    phone.goto(session.url)
    for decision in ("Refuse", "Approve"):
        form = phone.locator("form").filter(has_text="iDEAL")
        form.get_by_label("Name").fill("Ada Visser")
        form.get_by_role("button").click()
        expect(phone).to_have_url(re.compile("/stripe/bank/"))
        phone.get_by_role("button", name=decision).click()
    expect(phone).to_have_url(f"{sandbox.base_url}/?done={session.id}")
    assert shop.api.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_buyer_goes_back_and_later_is_too_late(phone, shop, sandbox) -> None:
    session = _session(shop, sandbox)
    phone.goto(session.url)
    phone.get_by_role("link", name="Back to the shop").click()
    expect(phone).to_have_url(f"{sandbox.base_url}/?left")
    shop.api.checkout.sessions.expire(session.id)
    phone.goto(session.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Too late to pay.")


def test_pages_fit_a_phone_and_load_nothing_from_elsewhere(phone, shop, sandbox) -> None:
    session = _session(shop, sandbox, customer_email="ada@example.org")
    reply = phone.goto(session.url)
    assert reply.headers["content-security-policy"] == POLICY
    _assert_fits(phone)
    form = phone.locator("form").filter(has_text="iDEAL")
    form.get_by_label("Name").fill("Ada Visser")
    form.get_by_role("button").click()
    _assert_fits(phone)
