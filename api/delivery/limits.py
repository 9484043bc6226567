"""Refuses what no honest visitor sends: overlong addresses, large bodies. any ASGI app -> the same, bounded"""

from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import refusal


@dataclass(frozen=True, slots=True)
class Limits:
    path_bytes: int = 512
    query_bytes: int = 1024
    body_bytes: int = 64 * 1024


DEFAULT_LIMITS: Final = Limits()


class LimitRequests:
    """Answers 414 or 413 itself; a body of undeclared length is counted as it arrives, and the application answers."""

    def __init__(self, app: ASGIApp, limits: Limits = DEFAULT_LIMITS) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, self._counted(receive), send)

    def _refusal(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if len(scope.get("raw_path") or path.encode()) > self._limits.path_bytes:
            return refusal(path, 414, "Address too long.")
        if len(scope["query_string"]) > self._limits.query_bytes:
            return refusal(path, 414, "Query too long.")
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal():
            return refusal(path, 400, "Content-Length is not a number.")
        if int(declared) > self._limits.body_bytes:
            return refusal(path, 413, "Request body too large.")
        return None

    def _counted(self, receive: Receive) -> Receive:
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limits.body_bytes:
                raise HTTPException(413, "The request body is too large.")
            return message

        return counting
