"""What somebody with a phone does to have tickets: find a time with room, choose, pay by card, wait for the codes."""

import re

import pytest
from playwright.sync_api import Page, expect

ISSUED_WITHIN_MS = 30_000


def open_times(page: Page, shop: str) -> None:
    """Open a day on which a ticket of this shop has times with room: the first that is found."""
    page.goto(shop)
    for city in _links(page, r"/cities/[^/?]+$"):
        page.goto(city)
        for ticket in _links(page, r"/tickets/[^/?]+$"):
            page.goto(ticket)
            if day := day_with_times(page):
                page.goto(day)
                return
    pytest.fail("nothing in this shop has a time with room")


def day_with_times(page: Page) -> str | None:
    """The address of the first day in a ticket's calendar on which its supplier has a time."""
    days = _links(page, r"/tickets/[^/]+/\d{4}-\d\d-\d\d$")
    return next((day for day in days if "time-link" in page.request.get(day).text()), None)


def take_tickets(page: Page, count: int) -> None:
    """From a day's times to the held tickets."""
    page.locator("a.time-link").first.click()
    page.locator("input[type=number]").first.fill(str(count))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("We hold this visit for you")).to_be_visible()


def pay_by_card(page: Page, name: str, email: str) -> None:
    """From the held tickets to Stripe's page and back."""
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name=re.compile("Pay")).click()
    page.get_by_label("Name on card").fill(name)
    page.get_by_role("button", name=re.compile("Pay")).click()


def issued_reference(page: Page, count: int) -> str:
    """The order's reference, once all its tickets are there."""
    expect(page.locator(".ticket")).to_have_count(count, timeout=ISSUED_WITHIN_MS)
    return page.locator(".reference").first.inner_text()


def _links(page: Page, pattern: str) -> list[str]:
    found = page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    return [link for link in dict.fromkeys(found) if re.search(pattern, link)]
