"""Gives each request an id, a log line and the security headers. any ASGI app -> the same, safer and traceable"""

import re
import time
from typing import Final
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.delivery.private_paths import NEVER_TOLD, is_private, loggable

log = structlog.get_logger("api.request")


def content_security_policy(*form_targets: str) -> str:
    """Scripts and styles come from our own files alone; a data block such as JSON-LD needs no permission.

    `form_targets` are other origins that a form of the page may lead to, by redirects too.
    """
    targets = " ".join(("'self'", *form_targets))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self'; form-action {targets}; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


SECURITY_HEADERS: Final = {
    "content-security-policy": content_security_policy(),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
HSTS: Final = "max-age=63072000; includeSubDomains"
_FOREIGN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestContext:
    """Outermost layer: what it adds is on every answer, whoever made it.

    A caller's X-Request-ID is kept when it is short and plain, so that one id follows a request through a proxy.
    """

    def __init__(self, app: ASGIApp, *, is_production: bool) -> None:
        self._app = app
        self._headers = SECURITY_HEADERS | ({"strict-transport-security": HSTS} if is_production else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        state = scope.setdefault("state", {})
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if is_private(scope["path"]):
                    headers.update(NEVER_TOLD)
                headers["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_headers)
            finally:
                # A page from the cache costs less than its log line.
                if not state.get("is_from_cache"):
                    milliseconds = round((time.perf_counter() - started) * 1000, 1)
                    path = loggable(scope["path"])
                    log.info("request", method=scope["method"], path=path, status=status, ms=milliseconds)


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _FOREIGN_ID.fullmatch(given) else uuid4().hex
