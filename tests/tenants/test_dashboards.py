"""Another reseller's figures, asked of the dashboards as a browser asks: by websocket, by query, by file."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from core.settings import Settings
from tests.dashboards.conftest import session_of
from tests.fixtures.sales_release import Item, publish_sales

MIRA, LAGO = "owner@mira.example", "owner@lago.example"
# Of each one's only sale, as pages write it.
SOLD = {MIRA: "41.37", LAGO: "73.19"}
PAGES = ("today", "sales", "orders", "catalogue")
WISH = "reseller_id=rsl_lago&reseller=rsl_lago&shop=shp_lago&shop_id=shp_lago&email=owner@lago.example"
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def dashboards(running_dashboards) -> Iterator[Settings]:
    now = datetime.now(UTC)
    sold = [Item("ord_mira", now, 4_137), Item("ord_lago", now, 7_319, reseller_id="rsl_lago")]
    publish_sales(running_dashboards.home / "published", sold, built_at=now)
    return running_dashboards


def test_each_sees_his_own_and_no_query_brings_anothers(dashboards):
    for who, other in ((MIRA, LAGO), (LAGO, MIRA)):
        cookie = session_of(dashboards, who)
        assert SOLD[who] in _shown(dashboards, cookie, "today")
        for page in PAGES:
            assert SOLD[other] not in _shown(dashboards, cookie, page, WISH)


@pytest.mark.parametrize("cookie", [None, "guessed-session"])
def test_a_websocket_without_a_session_shows_no_figures(dashboards, cookie):
    for page in PAGES:
        shown = _shown(dashboards, cookie, page, WISH)
        assert "Sign in" in shown
        assert not any(figure in shown for figure in SOLD.values())


def test_another_sites_page_cannot_open_the_websocket(dashboards):
    """It would send the visitor's cookie along."""
    with pytest.raises(InvalidStatus) as refused:
        _shown(dashboards, session_of(dashboards, MIRA), "today", origin="https://evil.example")
    assert refused.value.response.status_code == 403


def test_no_file_of_sales_lies_ready_to_be_found(dashboards):
    """It is made when its own session asks; what its page says names no address that another could fetch."""
    shown = _shown(dashboards, session_of(dashboards, MIRA), "sales")
    assert "Download as CSV" in shown
    assert not re.search(r"/media/[0-9a-f]{20,}", shown)
    assert httpx.get(f"{_base(dashboards)}/media/{'0' * 56}.csv").status_code == 404


def test_nobody_uploads_to_the_dashboards(dashboards):
    address = f"{_base(dashboards)}/_stcore/upload_file/some-session/some-file"
    assert httpx.put(address, files={"file": b"x" * 1_000}).status_code in (400, 403, 404)


def _shown(dashboards: Settings, cookie: str | None, page: str, query: str = "", origin: str | None = None) -> str:
    """All that the server sends for one run of a page, as text with what lies between it."""
    said = BackMsg()
    said.rerun_script.query_string = query
    said.rerun_script.page_name = page
    address = f"ws://127.0.0.1:{dashboards.dashboards_port}/_stcore/stream"
    headers = {"cookie": f"tiqzy_session={cookie}"} if cookie else {}
    shown = []
    with connect(
        address,
        subprotocols=["streamlit"],
        additional_headers=headers,
        origin=origin or _base(dashboards),
        max_size=None,
    ) as socket:
        socket.send(said.SerializeToString())
        while True:
            content = socket.recv(PATIENCE_SECONDS)
            shown.append(content.decode("utf-8", "replace"))
            if ForwardMsg.FromString(content).WhichOneof("type") == "script_finished":
                return "".join(shown)


def _base(dashboards: Settings) -> str:
    return f"http://127.0.0.1:{dashboards.dashboards_port}"
