"""The least a server can do: `/19500` answers as many bytes. uvicorn benchmarks.bare:app"""

from functools import lru_cache
from typing import Any

from starlette.types import Receive, Send


@lru_cache
def _body(size: int) -> bytes:
    return b"x" * size


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI's signature
    if scope["type"] != "http":
        return
    body = _body(int(scope["path"].strip("/")))
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
