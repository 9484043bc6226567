"""What stands before every call to a supplier: its switches, then its key. ASGI -> ASGI"""

import asyncio
import secrets
from random import Random

from orjson import dumps
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.lost_reply import LosingSend
from sandbox.providers.errors import Forbidden, InternalServerError, OctoError, Unauthorized
from sandbox.providers.supplier import Supplier

CHANGING_METHODS = frozenset({"POST", "PATCH"})


class Gate:
    """Wraps the paths of one supplier. Which calls fail at a given error rate repeats from run to run."""

    def __init__(self, app: ASGIApp, supplier: Supplier, api_key: str) -> None:
        self._app, self._supplier = app, supplier
        self._authorization = f"Bearer {api_key}".encode()
        self._random = Random(supplier.world.seed)  # noqa: S311 - repeatable on purpose

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        switches = self._supplier.switches
        if switches.latency_seconds:
            await asyncio.sleep(switches.latency_seconds)
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, send)
        elif switches.lose_reply_after_success and self._changes_a_booking(scope):
            await self._app(scope, receive, LosingSend(send))
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        switches = self._supplier.switches
        if switches.is_down:
            return PlainTextResponse("Service Unavailable", 503)
        if switches.error_rate and self._random.random() < switches.error_rate:
            return _error(InternalServerError())
        sent = dict(scope["headers"]).get(b"authorization")
        if sent is None:
            return _error(Unauthorized())
        return None if secrets.compare_digest(sent, self._authorization) else _error(Forbidden())

    @staticmethod
    def _changes_a_booking(scope: Scope) -> bool:
        return scope["method"] in CHANGING_METHODS and "/bookings" in scope["path"]


def _error(error: OctoError) -> Response:
    return Response(dumps(error.payload), error.status, media_type="application/json")
