"""`make run`, as somebody at a terminal lives through it."""

import signal
import socket
from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.accounts.demo import DemoSignIn
from core.db.embedded import EmbeddedServer
from deploy.local.welcome import first_shop_path
from tests.browser.buying import issued_reference, open_times, pay_by_card, take_tickets
from tests.deploy.local_run import LocalRun, free_ports, gone

FIRST_PAGE_SECONDS = 300
NEXT_PAGE_SECONDS = 60
# The promise is a minute on a machine that does nothing else; this one may run a second test.
SHOWN_WITHIN_SECONDS = 180
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Iterator[LocalRun]:
    """A run of an empty home, with its first page."""
    with LocalRun(tmp_path_factory.mktemp("run") / "home") as run:
        assert "<html" in run.first_page(within=FIRST_PAGE_SECONDS).text
        yield run


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport=PHONE) as context:
        context.set_default_timeout(SHOWN_WITHIN_SECONDS * 1000)
        yield context


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_purchase_reaches_its_resellers_phone(first, phone):
    first.answer(f"{first.dashboards}/_stcore/health", within=FIRST_PAGE_SECONDS)
    figures, shop = phone.new_page(), phone.new_page()
    _sign_in(figures, f"{first.dashboards}/orders", first.owner())

    open_times(shop, f"{first.shop}{first_shop_path()}")
    take_tickets(shop, 2)
    pay_by_card(shop, "Anna de Vries", "anna@buyer.example")
    reference = issued_reference(shop, 2)

    shown = figures.get_by_text(reference)
    expect(shown).to_be_visible(timeout=SHOWN_WITHIN_SECONDS * 1000)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_outlives_kills_and_stops_clean(first):
    assert not [word for child in first.children() for word in child.cmdline() if "canal=" in word]
    _kill_the_shop(first)
    left_alone, left_by_them = first.children(), first.descendants()
    first.process.kill()
    first.process.wait()
    assert gone(left_alone)

    with LocalRun(first.home) as second:
        assert "<html" in second.first_page(within=NEXT_PAGE_SECONDS).text
        assert gone(left_by_them)
        all_of_it = second.descendants()
        assert second.interrupt() == 0
        assert gone(all_of_it)
    assert "Everything has stopped" in second.terminal
    assert EmbeddedServer(first.home).address() is None


@pytest.mark.slow
def test_a_port_in_use_is_said_and_nothing_starts(tmp_path):
    ports = free_ports()
    with socket.create_server(("127.0.0.1", ports["TIQZY_SHOP_PORT"])), LocalRun(tmp_path, ports) as run:
        assert run.process.wait(30) == 1
    assert f"Port {ports['TIQZY_SHOP_PORT']} is in use by" in run.terminal
    assert EmbeddedServer(tmp_path).address() is None


def _sign_in(page: Page, wanted: str, sign_in: DemoSignIn) -> None:
    page.goto(wanted)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill(sign_in.email)
    page.get_by_label("Password").fill(sign_in.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(wanted)


def _kill_the_shop(run: LocalRun) -> None:
    shop = run.child("api.app:create_app")
    shop.send_signal(signal.SIGKILL)
    run.until_said(r"(shop ended \(signal SIGKILL\))", within=10)
    run.answer(f"{run.shop}/healthz", within=30)
    assert isinstance(run.child("api.app:create_app"), psutil.Process)
