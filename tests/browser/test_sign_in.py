"""From the dashboards' door through the sign-in page and back, on a phone, with cookies and policies as they are."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import uvicorn
from playwright.sync_api import expect

from api.app import Application
from api.wiring import build_platform
from core.settings import ROOT, Settings
from tests.dashboards.release import publish
from tests.fixtures.accounts import PASSWORD, make_resellers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def running(new_platform, tmp_path_factory) -> Iterator[Settings]:
    """API and dashboards on ports of their own, with something published."""
    with new_platform(tmp_path_factory.mktemp("door") / "home") as made:
        make_resellers(made)
        publish(made.home / "published", read_at=datetime.now(UTC) - timedelta(minutes=30))
        listening = socket.create_server(("127.0.0.1", 0))
        ports = {"shop_port": listening.getsockname()[1], "dashboards_port": _free_port()}
        chosen = made.model_copy(update=ports)
        server = uvicorn.Server(uvicorn.Config(Application(build_platform(chosen)), log_level="error"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        dashboards = _start_dashboards(chosen)
        try:
            yield chosen
        finally:
            dashboards.terminate()
            dashboards.wait(PATIENCE_SECONDS)
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
            listening.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    yield context.new_page()
    context.close()


def test_an_analyst_signs_in_reads_the_page_asked_for_and_signs_out(running, page):
    dashboards = f"http://127.0.0.1:{running.dashboards_port}"
    foreign = []
    page.on("request", lambda request: foreign.append(request.url) if not _is_ours(request.url) else None)

    page.goto(f"{dashboards}/cities")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill("analyst@tiqzy.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(f"{dashboards}/cities")
    expect(page.get_by_role("row", name=re.compile("Amsterdam"))).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == PHONE["width"]

    page.get_by_role("button", name="Account").click()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    page.goto(dashboards)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert not foreign


def _start_dashboards(chosen: Settings) -> subprocess.Popen[bytes]:
    port = str(chosen.dashboards_port)
    command = [sys.executable, "-m", "dashboards", "--port", port]
    environment = os.environ | {  # noqa: TID251 - a child process gets what this one has
        "TIQZY_HOME": str(chosen.home),
        "TIQZY_SHOP_PORT": str(chosen.shop_port),
        "TIQZY_DASHBOARDS_PORT": port,
    }
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/_stcore/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return process
    process.kill()
    pytest.fail("the dashboards did not start")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _is_ours(address: str) -> bool:
    return address.startswith(("http://127.0.0.1:", "data:", "blob:"))
