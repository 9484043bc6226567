"""The dashboards as a script that runs, beside a real API that knows who is signed in."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import streamlit as st
import uvicorn
from streamlit.testing.v1 import AppTest

from api.app import Application
from api.wiring import build_platform
from core.settings import ROOT, Settings, settings
from tests.dashboards.release import publish
from tests.fixtures.accounts import PASSWORD, make_resellers
from tests.fixtures.sales_release import Item, publish_sales

PATIENCE_SECONDS = 20
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def api(new_platform, tmp_path_factory) -> Iterator[Settings]:
    """The API on a port of its own, with two resellers; nothing published."""
    with new_platform(tmp_path_factory.mktemp("dashboards") / "home") as made:
        make_resellers(made)
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(Application(build_platform(made)), log_level="error", lifespan="on"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield made.model_copy(update={"shop_port": listening.getsockname()[1]})
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
            listening.close()


@pytest.fixture
def published(tmp_path) -> Path:
    """Where this test's releases lie; empty until `publish` is called."""
    return tmp_path / "published"


@pytest.fixture
def release(published) -> str:
    """A release of three cities, read half an hour ago; its version."""
    return publish(published, read_at=datetime.now(UTC) - timedelta(minutes=30))


@pytest.fixture
def sales(published) -> None:
    """One sale of Hotel Mira, a minute ago."""
    now = datetime.now(UTC)
    publish_sales(published, [Item("ord_mira", now - timedelta(minutes=1), 5_000)], built_at=now)


@pytest.fixture
def open_dashboards(api, published, tmp_path, monkeypatch) -> Iterator[Open]:
    """Runs app.py for somebody: `open_dashboards("owner@mira.example")`, or without anybody signed in."""
    monkeypatch.setenv("TIQZY_HOME", str(tmp_path))
    monkeypatch.setenv("TIQZY_PUBLISH_URL", str(published))
    monkeypatch.setenv("TIQZY_SHOP_PORT", str(api.shop_port))
    settings.cache_clear()

    def open_as(email: str | None = None, *, page: str | None = None, token: str | None = None) -> AppTest:
        carried = session_of(api, email) if email else token
        # AppTest has no browser, so it has no cookies either.
        cookies = {"tiqzy_session": carried} if carried else {}
        monkeypatch.setattr(type(st.context), "cookies", property(lambda _context: cookies))
        script = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=PATIENCE_SECONDS).run()
        return script.switch_page(f"pages/{page}.py").run() if page else script

    yield open_as
    settings.cache_clear()


def session_of(api: Settings, email: str) -> str:
    """Sign in through the API's own page; what its cookie holds."""
    with httpx.Client(base_url=f"http://127.0.0.1:{api.shop_port}") as browser:
        browser.get("/sign-in").raise_for_status()
        form = {"email": email, "password": PASSWORD, "form_token": browser.cookies["tiqzy_form"]}
        assert browser.post("/sign-in", data=form).status_code == 303
        return browser.cookies["tiqzy_session"]


def end_session(api: Settings, session: str) -> None:
    """Sign out in another tab."""
    with httpx.Client(base_url=f"http://127.0.0.1:{api.shop_port}", cookies={"tiqzy_session": session}) as browser:
        browser.get("/sign-in").raise_for_status()
        assert browser.post("/sign-out", data={"form_token": browser.cookies["tiqzy_form"]}).status_code == 303


def everything_on(script: AppTest) -> str:
    """All words of a page."""
    assert not script.exception
    kinds = (
        script.title,
        script.header,
        script.markdown,
        script.warning,
        script.error,
        script.caption,
        script.metric,
    )
    words = [str(element.value) for kind in kinds for element in kind]
    return "\n".join(
        words + [block.proto.body for block in script.get("html")] + [box.label for box in script.expander]
    )
