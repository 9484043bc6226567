"""Refuses what no honest visitor sends: overlong addresses, large bodies. any ASGI app -> the same, bounded"""

from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Limits:
    path_bytes: int = 512
    query_bytes: int = 1024
    body_bytes: int = 64 * 1024


DEFAULT_LIMITS: Final = Limits()


class BodyTooLarge(Exception):
    """A body grew over the limit while it arrived."""


class LimitRequests:
    """Answers 414 or 413 itself; a body without a declared length is counted as it arrives."""

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
        has_started = False

        async def note_start(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, self._counted(receive), note_start)
        except BodyTooLarge:
            if has_started:
                raise
            await PlainTextResponse("Request body too large", 413)(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if len(scope.get("raw_path") or scope["path"].encode()) > self._limits.path_bytes:
            return PlainTextResponse("Address too long", 414)
        if len(scope["query_string"]) > self._limits.query_bytes:
            return PlainTextResponse("Query too long", 414)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal():
            return PlainTextResponse("Content-Length is not a number", 400)
        if int(declared) > self._limits.body_bytes:
            return PlainTextResponse("Request body too large", 413)
        return None

    def _counted(self, receive: Receive) -> Receive:
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limits.body_bytes:
                raise BodyTooLarge
            return message

        return counting
