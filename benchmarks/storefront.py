"""How fast a shop's city pages are with a large catalogue. large catalogue -> publish -> API process -> figures

Load is made by wrk (Debian's package): 16 connections, one thread, over 150 addresses of 24 cards or more each.
"""

import asyncio
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil

from api.shops.opening import ShopDraft, ensure_shop
from benchmarks.large_catalogue import fill_lake
from benchmarks.platform import databases, own_home
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.domain.clock import utc_now
from core.settings import ROOT, Settings
from warehouse.build import BuildReport
from warehouse.manifest import Dataset
from warehouse.publish import publish

SHOP_PORT, BARE_PORT = 28000, 28002
SHOP, BARE = f"http://127.0.0.1:{SHOP_PORT}", f"http://127.0.0.1:{BARE_PORT}"
ADDRESSES = [f"/s/large/cities/city-{n}?page={page}" for n in range(50) for page in (1, 2, 3)]
COMPRESSED = {"accept-encoding": "br"}
ROUNDS, ROUND_SECONDS = 3, 6
LAUNCH_SECONDS = 60


def measure_storefront() -> dict[str, float]:
    """Publish, then pages made anew one by one, then pages from the cache beside a bare application, in turns."""
    if shutil.which("wrk") is None:
        raise SystemExit("the storefront is measured with wrk: apt-get install wrk")
    with own_home() as home, databases(home) as settings:
        asyncio.run(_open_shop(settings))
        fill_lake(settings)
        publish_seconds = min(_publish(settings) for _ in range(2))
        with _server("api.app:create_app", SHOP_PORT, settings, "--factory") as process:
            uncached_ms, size = _pages_made_anew()
            with _server("benchmarks.bare:app", BARE_PORT, settings):
                ratio = _cached_beside_bare(settings, size)
            resident = process.memory_info().rss
    return {
        "publish_seconds": round(publish_seconds, 2),
        "page_uncached_p95_ms": round(uncached_ms, 1),
        "page_cached_vs_bare": round(ratio, 2),
        "api_rss_mb": round(resident / 1024**2),
    }


async def _open_shop(settings: Settings) -> None:
    database = ShopDatabase(shop_role_url(settings))
    try:
        await ensure_shop(database, ShopDraft(reseller="Large", slug="large", name="Large"))
    finally:
        await database.close()


def _publish(settings: Settings) -> float:
    began = time.monotonic()
    publish(BuildReport(Dataset.CATALOG, {}, (), utc_now(), 0.0), settings)
    return time.monotonic() - began


@contextmanager
def _server(app: str, port: int, settings: Settings, *options: str) -> Iterator[psutil.Process]:
    """One uvicorn process, as production runs it."""
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--no-access-log", "--log-level", "warning"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIQZY_")}  # noqa: TID251 - handed on
    with (settings.home / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 - our own command
            [*command, *options], cwd=ROOT, env=own | {"TIQZY_HOME": str(settings.home)}, stdout=log, stderr=log
        )
    try:
        _wait_for(port)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + LAUNCH_SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.get(f"http://127.0.0.1:{port}/1", timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def _pages_made_anew() -> tuple[float, int]:
    """95 of 100 are faster than this many milliseconds; and how many bytes a page has on the wire."""
    with httpx.Client(base_url=SHOP, headers=COMPRESSED, trust_env=False) as client:
        client.get("/s/large/")
        taken, sizes = [], []
        for address in ADDRESSES:
            began = time.monotonic()
            page = client.get(address)
            taken.append((time.monotonic() - began) * 1000)
            page.raise_for_status()
            if page.text.count('class="card') < 24:  # noqa: PLR2004 - what the figure is about
                raise SystemExit(f"{address} has fewer than 24 cards")
            sizes.append(int(page.headers["content-length"]))
    return statistics.quantiles(taken, n=20)[-1], round(statistics.mean(sizes))


def _cached_beside_bare(settings: Settings, size: int) -> float:
    """Median of the ratios of neighbouring rounds; the catalogue is published in the middle of the second one."""
    ratios = []
    for number in range(ROUNDS):
        publishing = threading.Timer(ROUND_SECONDS / 2, _publish, [settings])
        if number == 1:
            publishing.start()
        cached = _requests_a_second(settings, SHOP, ADDRESSES)
        if number == 1:
            publishing.join()
        ratios.append(cached / _requests_a_second(settings, BARE, [f"/{size}"]))
    return statistics.median(ratios)


def _requests_a_second(settings: Settings, base: str, addresses: list[str]) -> float:
    script = settings.home / "addresses.lua"
    listed = ", ".join(f'"{address}"' for address in addresses)
    script.write_text(
        f"local paths, n = {{{listed}}}, 0\n"
        'function request() n = n % #paths + 1; return wrk.format("GET", paths[n], {["Accept-Encoding"] = "br"}) end\n'
    )
    command = ["wrk", "-t1", "-c16", f"-d{ROUND_SECONDS}s", "-s", str(script), base]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own command
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"not every request was answered: {said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise SystemExit(f"wrk said nothing of its rate: {said}")
    return float(found[1])
