"""A person with a phone or a laptop walks from the shop's front to the times of a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request

from tests.browser.serving import serving

pytestmark = pytest.mark.browser


@dataclass
class Walk:
    """A page and all that went on behind it."""

    page: Page
    base_url: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: message.type in {"error", "warning"} and self._note(message.text))
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("request", self._check_host)

    def open(self, path: str) -> None:
        self.page.goto(self.base_url + path)
        self.look()

    def follow(self, selector: str) -> None:
        """Click what a visitor would, and look at where it leads."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Nothing to complain of, nothing wider than the screen, no picture missing or without an alternative."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        assert self.page.locator("img:not([alt])").count() == 0
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("main").count() == 1
        assert not self.complaints

    def _check_host(self, request: Request) -> None:
        if not request.url.startswith(self.base_url):
            self._note(f"asked another host: {request.url}")

    def _note(self, complaint: str) -> None:
        self.complaints.append(f"{self.page.url}: {complaint}")


@pytest.fixture
def shop_address(shops, world, live_product) -> Iterator[str]:
    world.picture_src = live_product.picture_src
    world.publish(shops.settings)
    with serving(shops.settings) as address:
        yield address


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("has_script", "scheme"), [(False, "light"), (True, "dark")])
def test_a_visitor_walks_from_the_front_to_the_times_of_a_day(chromium, shop_address, world, width, has_script, scheme):
    screen = {"width": width, "height": 844}
    context = chromium.new_context(viewport=screen, java_script_enabled=has_script, color_scheme=scheme)
    walk = Walk(context.new_page(), shop_address)
    walk.open("/s/everywhere/")
    walk.follow("text=The Netherlands")
    walk.follow("a.tile:has-text('Amsterdam')")
    walk.follow("a[rel=next]")
    walk.follow("a:has-text('Live </script> ticket')")
    walk.follow(f"a.day[href$='{world.day}']")
    assert "checked just now" in walk.page.inner_text(".age")
    assert re.search(r"\d\d:\d\d", walk.page.inner_text(".times"))
    context.close()


def test_a_keyboard_reaches_the_content_first(chromium, shop_address):
    page = chromium.new_page()
    page.goto(f"{shop_address}/s/everywhere/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.close()
