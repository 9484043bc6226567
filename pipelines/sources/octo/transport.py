"""One call to an OCTO server: limits, retries, errors, a log line. path and body -> bytes, or an OctoError"""

import asyncio
import time
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx
import structlog
from pydantic import ValidationError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from core.domain.clock import Clock
from core.settings import ConnectionSettings
from pipelines.sources.octo.errors import (
    REFUSALS,
    KeyRefused,
    OctoError,
    OctoMalformed,
    OctoRefused,
    OctoUnavailable,
    RateLimited,
)
from pipelines.sources.octo.schemas import Refusal
from pipelines.sources.octo.settings import (
    ATTEMPTS,
    CALL_TIMEOUT_SECONDS,
    CAPABILITIES,
    CONNECT_TIMEOUT_SECONDS,
    FIRST_WAIT_SECONDS,
    LONGEST_WAIT_SECONDS,
    MAX_CALLS_AT_ONCE,
    MAX_RESPONSE_BYTES,
    READ_TIMEOUT_SECONDS,
    SOURCE,
)

log = structlog.get_logger()

_backoff = wait_exponential_jitter(multiplier=FIRST_WAIT_SECONDS, max=LONGEST_WAIT_SECONDS, jitter=FIRST_WAIT_SECONDS)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, OctoUnavailable) and not isinstance(error, OctoMalformed)


def _wait(state: RetryCallState) -> float:
    """The server's Retry-After where it gave one, capped; else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return min(error.retry_after, LONGEST_WAIT_SECONDS)
    return _backoff(state)


def retrying() -> AsyncRetrying:
    """The policy for calls that may be sent again: reads, and writes that our uuid makes one."""
    return AsyncRetrying(
        retry=retry_if_exception(_may_pass), wait=_wait, stop=stop_after_attempt(ATTEMPTS), reraise=True
    )


class OctoTransport:
    """Calls of one connection. Neither the key nor a body is ever logged, or quoted in an error."""

    def __init__(self, connection: ConnectionSettings, http: httpx.AsyncClient | None, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._owns_http = http is None
        self._http = http or httpx.AsyncClient(follow_redirects=True)
        self._slots = asyncio.Semaphore(MAX_CALLS_AT_ONCE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._owns_http:
            await self._http.aclose()

    async def read(self, operation: str, path: str, *, body: Any = None, locale: str | None = None) -> bytes:
        """A call that changes nothing, tried again while an answer may still come; a body makes it a POST."""
        async for attempt in retrying():
            with attempt:
                return await self.send(operation, path, body=body, locale=locale, method="POST" if body else "GET")
        raise AssertionError("tenacity ends by returning or raising")

    async def send(
        self, operation: str, path: str, *, method: str = "POST", body: Any = None, locale: str | None = None
    ) -> bytes:
        """One call, sent once."""
        request = self._http.build_request(
            method,
            self._connection.url.rstrip("/") + path,
            json=body,
            headers=self._headers(locale),
            timeout=httpx.Timeout(READ_TIMEOUT_SECONDS, connect=CONNECT_TIMEOUT_SECONDS, pool=None),
        )
        async with self._slots:
            status, started = "no answer", time.monotonic()
            try:
                async with asyncio.timeout(CALL_TIMEOUT_SECONDS):
                    response = await self._http.send(request, stream=True)
                    status = str(response.status_code)
                    content = await self._bounded(response)
            except (httpx.HTTPError, TimeoutError) as error:
                raise OctoUnavailable(self._says(operation, f"no answer ({type(error).__name__})")) from error
            finally:
                self._log(operation, status, time.monotonic() - started)
        if response.is_success:
            return content
        raise self._failure(operation, response, content)

    async def _bounded(self, response: httpx.Response) -> bytes:
        """The whole reply, unpacked; a reply without end is cut off."""
        chunks, size = [], 0
        try:
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > MAX_RESPONSE_BYTES:
                    raise OctoMalformed(f"{self._connection.connection_id}: a reply is over {MAX_RESPONSE_BYTES} bytes")
                chunks.append(chunk)
        finally:
            await response.aclose()
        return b"".join(chunks)

    def _headers(self, locale: str | None) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._connection.api_key.get_secret_value()}",
            "Octo-Capabilities": ", ".join(CAPABILITIES),
            "Accept": "application/json",
            "Accept-Language": locale or self._connection.locales[0],
        }

    def _failure(self, operation: str, response: httpx.Response, content: bytes) -> OctoError:
        code = _refusal_code(content)
        said = self._says(operation, f"{response.status_code} {code or 'without a reason'}")
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return RateLimited(said, _seconds(response.headers.get("Retry-After"), self._clock()))
        if response.is_server_error or code == "INTERNAL_SERVER_ERROR":
            return OctoUnavailable(said)
        if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            return KeyRefused(said)
        return REFUSALS.get(code or "", OctoRefused)(said)

    def _says(self, operation: str, what: str) -> str:
        return f"{self._connection.connection_id}: {operation}: {what}"

    def _log(self, operation: str, status: str, seconds: float) -> None:
        log.info(
            "provider_call",
            provider=SOURCE,
            connection=self._connection.connection_id,
            operation=operation,
            status=status,
            latency_ms=round(seconds * 1000),
        )


def _refusal_code(content: bytes) -> str | None:
    try:
        return Refusal.model_validate_json(content).error
    except ValidationError:
        return None


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Retry-After, which is a number of seconds or a date; None where it is neither."""
    if not retry_after:
        return None
    if retry_after.isdigit():
        return float(retry_after)
    try:
        return max((parsedate_to_datetime(retry_after) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
