"""Streamlit's bundles, compressed once and kept. browser <- br or gzip, from the installed package's static files

Streamlit itself sends them as they are: two megabytes before a phone shows anything.
"""

import asyncio
import gzip
import mimetypes
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import brotli
import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.menu import MENU
from dashboards.shell import shell

STATIC: Final = Path(streamlit.__file__).parent / "static"
COMPRESSED: Final = frozenset({".js", ".css", ".json", ".svg"})
# The next step up saves 8 % and takes six times as long.
QUALITY: Final = 9
# Their names change with their content.
FOREVER: Final = "public, immutable, max-age=31536000"
PAGES: Final = frozenset({"/", *(f"/{Path(item.script).stem}" for item in MENU)})

ENCODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: brotli.compress(content, quality=QUALITY),
    "gzip": lambda content: gzip.compress(content, mtime=0),
}


class Bundles:
    """In front of Streamlit: answers for its bundles and its one page of HTML, and lets everything else pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # What is not in this list cannot be asked for, whatever a path looks like.
        self._files = {
            f"/{path.relative_to(STATIC).as_posix()}": path
            for path in (STATIC / "static").rglob("*")
            if path.suffix in COMPRESSED
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        path = scope["path"]
        encoding = _encoding(Headers(scope=scope).get("accept-encoding", ""))
        if scope["method"] != "GET" or encoding is None:
            return None
        if path in PAGES:
            return _response(_page(encoding), "text/html", encoding, "no-cache")
        file = self._files.get(path)
        if file is None:
            return None
        content = await asyncio.to_thread(_compressed, file, encoding)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return _response(content, kind, encoding, FOREVER)


def _response(content: bytes, kind: str, encoding: str, caching: str) -> Response:
    headers = {"content-encoding": encoding, "cache-control": caching, "vary": "accept-encoding"}
    return Response(content, media_type=kind, headers=headers)


def _encoding(accepted: str) -> str | None:
    """The best of ours that the browser takes; browsers offer br on HTTPS and on this machine alone."""
    offered = {word.split(";")[0].strip() for word in accepted.split(",")}
    return next((encoding for encoding in ENCODERS if encoding in offered), None)


@cache
def _compressed(file: Path, encoding: str) -> bytes:
    return ENCODERS[encoding](file.read_bytes())


@cache
def _page(encoding: str) -> bytes:
    return ENCODERS[encoding](shell((STATIC / "index.html").read_text()).encode())
