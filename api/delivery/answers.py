"""A whole HTTP answer held in memory, and how it is sent: compressed, with a validator. ASGI messages <-> bytes"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Self

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.delivery.compression import chosen_coding, compressed
from api.demand.sightings import Sighting

_TEXT_TYPES = ("text/", "application/json", "application/problem+json", "application/xml", "image/svg+xml")


@dataclass(slots=True)
class CapturedAnswer:
    """What an application answered, and told of it to be counted.

    Codings are made at the first request for each and then kept beside the body.
    """

    status: int
    headers: Headers
    body: bytes
    etag: str
    sighting: Sighting | None = None
    was_kept: bool = False
    counted_bytes: int = 0
    _coded: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    async def of(cls, app: ASGIApp, scope: Scope, receive: Receive) -> Self:
        """Run `app` to its end and hold what it sent."""
        started: Message = {}
        chunks: list[bytes] = []

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                chunks.append(message.get("body", b""))

        await app(scope, receive, hold)
        body = b"".join(chunks)
        sighting = scope["state"].get("sighting")
        return cls(started["status"], Headers(raw=list(started["headers"])), body, f'W/"{_digest(body)}"', sighting)

    @property
    def may_be_kept(self) -> bool:
        """Only what its maker called public, and what sets nothing at one visitor's browser."""
        return (
            self.status == 200  # noqa: PLR2004
            and "public" in self.headers.get("cache-control", "")
            and "set-cookie" not in self.headers
        )

    @property
    def size(self) -> int:
        return len(self.body) + sum(len(coded) for coded in self._coded.values())

    def coded(self, accept_encoding: str) -> tuple[str, bytes]:
        """The coding chosen for the client and the body in it."""
        if not self.headers.get("content-type", "").startswith(_TEXT_TYPES):
            return "identity", self.body
        coding = chosen_coding(accept_encoding, len(self.body))
        if coding == "identity":
            return coding, self.body
        if coding not in self._coded:
            self._coded[coding] = compressed(self.body, coding)
        return coding, self._coded[coding]


async def send_answer(answer: CapturedAnswer, request: Headers, send: Send, *, is_head: bool) -> None:
    """Send it as this client takes it: 304 when it has these bytes already, no body for HEAD."""
    headers = MutableHeaders(raw=list(answer.headers.raw))
    headers.add_vary_header("accept-encoding")
    headers["etag"] = answer.etag
    if answer.status == 200 and _matches(answer.etag, request.get("if-none-match", "").split(",")):  # noqa: PLR2004
        del headers["content-length"], headers["content-type"]
        await send({"type": "http.response.start", "status": 304, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})
        return
    coding, body = answer.coded(request.get("accept-encoding", ""))
    if coding != "identity":
        headers["content-encoding"] = coding
    headers["content-length"] = str(len(body))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if is_head else body})


def _matches(etag: str, known: Iterable[str]) -> bool:
    return any(item.strip() in (etag, "*") for item in known)


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()
