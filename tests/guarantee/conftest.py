"""A platform to try: a sandbox whose Stripe tells the API, two suppliers, a database of its own."""

import json
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api.shops.opening import ShopDraft, open_shop
from api.wiring import build_platform
from core.settings import Settings
from tests.fixtures.sales import PLACES, Desk, Time, find_on_sale
from tests.fixtures.sandbox import RunningSandbox, run_sandbox
from tests.guarantee.lives import Nursery

KINDS_ON_SALE = 6


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--purchases", type=int, default=30, help="how many purchases the guarantee is tried with")
    parser.addoption("--seed", type=int, default=4, help="what draws their faults and deaths")
    parser.addoption("--report", type=Path, help="where to write what the trial measured")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        yield bound


@pytest.fixture
def told_sandbox(listener) -> Iterator[RunningSandbox]:
    port = listener.getsockname()[1]
    with run_sandbox(place_count=PLACES, webhook_url=f"http://127.0.0.1:{port}/webhooks/stripe") as running:
        yield running


@pytest.fixture
def trial_settings(platform_settings, told_sandbox) -> Settings:
    selling = told_sandbox.sells_and_mails_for(platform_settings)
    return selling.model_copy(update={"connections": told_sandbox.connections})


@pytest.fixture
async def trial_desk(trial_settings, told_sandbox) -> AsyncIterator[Desk]:
    time = Time(told_sandbox)
    platform = build_platform(trial_settings, time)
    async with platform.running():
        shop = await open_shop(platform.database, ShopDraft("The Desk", "desk", "The Desk"))
        yield Desk(platform, told_sandbox, time, shop, None, None)


@pytest.fixture
async def assortment(trial_settings) -> list:
    return await find_on_sale(trial_settings, KINDS_ON_SALE)


@pytest.fixture
def nursery(trial_settings, tmp_path) -> Nursery:
    return Nursery(trial_settings, tmp_path / "processes.log")


@pytest.fixture
def report(request):
    """Keeps figures in the file that was named, for who measures."""

    def write(figures: dict[str, object]) -> None:
        target = request.config.getoption("--report")
        if target:
            target.write_text(json.dumps(figures))

    return write
