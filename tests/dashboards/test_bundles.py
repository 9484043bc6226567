"""What a browser gets before Streamlit has started."""

import gzip
import re
from collections.abc import AsyncIterator

import brotli
import httpx
import pytest
from starlette.responses import PlainTextResponse

from dashboards.bundles import STATIC, Bundles
from dashboards.shell import shell

INDEX = (STATIC / "index.html").read_text()
NAMED = re.findall(r'(?:src|href)="\.(/static/[^"]+\.(?:js|css))"', INDEX)
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """In front of something that answers everything the same way, where Streamlit stands otherwise."""
    transport = httpx.ASGITransport(Bundles(PlainTextResponse("Streamlit's own answer")))
    async with httpx.AsyncClient(transport=transport, base_url="http://dashboards.example") as client:
        yield client


async def raw(browser, path: str, accepted: str) -> tuple[httpx.Response, bytes]:
    async with browser.stream("GET", path, headers={"accept-encoding": accepted}) as response:
        return response, b"".join([part async for part in response.aiter_raw()])


@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_a_bundle_is_sent_compressed_and_kept_by_the_browser(browser, encoding):
    path = NAMED[0]
    response, content = await raw(browser, path, encoding)
    assert response.headers["content-encoding"] == encoding
    assert "immutable" in response.headers["cache-control"]
    assert "javascript" in response.headers["content-type"]
    assert UNPACK[encoding](content) == (STATIC / path.lstrip("/")).read_bytes()


async def test_all_that_the_first_screen_needs_is_below_half_a_megabyte(browser):
    assert len(NAMED) > 20
    sizes = [len((await raw(browser, path, "gzip, br"))[1]) for path in NAMED]
    assert sum(sizes) < 500_000


@pytest.mark.parametrize("path", ["/", "/today", "/sales", "/cities"])
async def test_a_page_shows_something_before_streamlit_does(browser, path):
    response, content = await raw(browser, path, "br")
    page = brotli.decompress(content).decode()
    assert "Your figures are on their way" in page
    assert "<title>Tiqzy</title>" in page
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/_stcore/health", "br"),
        ("/static/media/none.js", "br"),
        ("/static/../server.py", "br"),
        ("/static/%2e%2e/index.html", "br"),
        (NAMED[0], "identity"),
        ("/", ""),
    ],
)
async def test_everything_else_is_streamlits(browser, path, accepted):
    assert (await raw(browser, path, accepted))[1] == b"Streamlit's own answer"


def test_another_streamlit_is_noticed_at_the_first_page():
    with pytest.raises(ValueError, match="another version"):
        shell("<html><main></main></html>")
