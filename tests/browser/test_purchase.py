"""Somebody with a phone buys two tickets, from the shop's front to the codes and the mail."""

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.buying import day_with_times, issued_reference, pay_by_card, take_tickets
from tests.browser.serving import serving, working

pytestmark = pytest.mark.browser

BUYER = "anna@buyer.example"


@pytest.fixture
def shop_address(shops, world, sandbox) -> Iterator[str]:
    world.publish(shops.settings)
    chosen = sandbox.sells_and_mails_for(shops.settings)
    with serving(chosen) as address, working(chosen):
        yield address


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def sent(page) -> list[Request]:
    """What the browser asked of anybody."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - playwright marks its handlers
    return requests


def test_tickets_are_chosen_paid_and_shown(page, sent, shop_address, sandbox):
    page.goto(f"{shop_address}/s/canal-house/")
    page.locator("a.tile", has_text="Amsterdam").click()
    page.locator("a[rel=next]").click()
    page.get_by_role("link", name=re.compile("Live")).first.click()
    page.goto(day_with_times(page) or pytest.fail("the sandbox has no time with room"))
    take_tickets(page, 2)
    pay_by_card(page, "Anna de Vries", BUYER)
    reference = issued_reference(page, 2)
    assert page.locator(".ticket svg").count() == 2
    letter = sandbox.letter(BUYER)
    assert reference in str(letter["subject"])
    order_path = page.url.removeprefix(shop_address).partition("?")[0]
    assert order_path in str(letter["text"])
    _nobody_else_is_told(sent, shop_address)


def _nobody_else_is_told(sent: Sequence[Request], shop_address: str) -> None:
    """A form of ours says where it comes from, and no other host hears of a page of ours that is the buyer's own."""
    forms = [request for request in sent if request.method == "POST" and request.url.startswith(shop_address)]
    assert {request.all_headers().get("origin") for request in forms} == {shop_address}
    others = [request for request in sent if not request.url.startswith(shop_address)]
    assert len(others) > 1
    assert not [request.url for request in others if "/s/canal-house/" in request.all_headers().get("referer", "")]
