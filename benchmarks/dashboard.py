"""When a reseller's first figure is on a phone. make run with demo sales -> Chromium as a phone -> seconds

The phone is 390 x 844 px, on 4G (9 Mbit/s down, 85 ms), with this machine's processor slowed to a quarter.
"""

import json
import shutil
import statistics
import time

from playwright.sync_api import Browser, CDPSession, sync_playwright

from api.accounts.demo import SIGN_INS_FILE
from benchmarks.idle import EVERYTHING_LOADED
from benchmarks.platform import DASHBOARDS, PATIENCE_SECONDS, SHOP, Run, own_home, running
from tests.fixtures.chromium import FLAGS, NAMES
from warehouse.manifest import Dataset
from warehouse.store import ReleaseStore

OWNER = "owner@herengracht.example"
FIRST_FIGURE = ".cards b"
VISITS = 3
PATIENCE_MS = 120_000
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
NETWORK = {"offline": False, "latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 1.5e6 / 8}
SLOWDOWN = 4


def measure_dashboard() -> dict[str, float]:
    """Median of cold visits: nothing cached, already signed in."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        raise SystemExit("a phone is emulated with Chromium: apt-get install chromium")
    with own_home() as home, running(home) as platform, sync_playwright() as playwright:
        platform.wait_until_said(EVERYTHING_LOADED)
        _wait_for_sales(platform)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            cookies = _signed_in(browser, platform)
            return {
                "dashboard_kpi_cold_s": round(statistics.median(_visit(browser, cookies) for _ in range(VISITS)), 2)
            }
        finally:
            browser.close()


def _wait_for_sales(platform: Run) -> None:
    """Until there are figures to show, a page says so instead."""
    store = ReleaseStore(str(platform.home / "published"), Dataset.SALES)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (current := store.current()) is None or not current.row_counts["fct_order_item"]:
        if time.monotonic() > deadline:
            raise SystemExit("no sale was ever published")
        time.sleep(1)


def _signed_in(browser: Browser, platform: Run) -> list[dict[str, object]]:
    sign_ins = json.loads((platform.home / SIGN_INS_FILE).read_text())
    password = next(known["password"] for known in sign_ins if known["email"] == OWNER)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{SHOP}/sign-in")
    page.fill("input[type=email]", OWNER)
    page.fill("input[type=password]", password)
    page.locator("form button").first.click()
    page.wait_for_load_state()
    cookies = [dict(cookie) for cookie in context.cookies()]
    context.close()
    return cookies


def _visit(browser: Browser, cookies: list[dict[str, object]]) -> float:
    context = browser.new_context(**PHONE)  # type: ignore[arg-type] - one set of options for all visits
    try:
        context.add_cookies(cookies)  # type: ignore[arg-type] - as Playwright itself gave them
        page = context.new_page()
        _slow_down(context.new_cdp_session(page))
        began = time.monotonic()
        page.goto(DASHBOARDS, wait_until="commit", timeout=PATIENCE_MS)
        page.locator(FIRST_FIGURE).first.wait_for(state="visible", timeout=PATIENCE_MS)
        return time.monotonic() - began
    finally:
        context.close()


def _slow_down(devtools: CDPSession) -> None:
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
