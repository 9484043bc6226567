"""All that was said to the sandbox and answered by it, as it went over the wire. ASGI app -> Said"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class Said:
    """One request and its answer; `path` is without the part that names the server."""

    method: str
    path: str
    query: list[tuple[str, str]]
    sent_headers: Mapping[str, str]
    sent: bytes
    status: int
    headers: Mapping[str, str]
    answered: bytes

    @property
    def answer(self) -> Any:
        return json.loads(self.answered)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"


@dataclass
class Wire:
    said: list[tuple[str, Said]] = field(default_factory=list)

    def of(self, *servers: str) -> list[Said]:
        """What was said to those whose address begins so."""
        return [said for path, said in self.said if path.startswith(servers)]

    def around(self, app: ASGIApp) -> ASGIApp:
        async def listening(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or not scope["path"].startswith(("/octo/", "/stripe/v1/")):
                await app(scope, receive, send)
                return
            sent, answered, started = bytearray(), bytearray(), {}

            async def hear() -> Message:
                message = await receive()
                sent.extend(message.get("body", b""))
                return message

            async def tell(message: Message) -> None:
                started.update(message if message["type"] == "http.response.start" else {})
                answered.extend(message.get("body", b""))
                await send(message)

            path = scope["path"]
            await app(scope, hear, tell)
            said = Said(
                method=scope["method"],
                path="/" + path.removeprefix("/stripe/").removeprefix("/octo/canal/").removeprefix("/octo/meridian/"),
                query=parse_qsl(scope["query_string"].decode(), keep_blank_values=True),
                sent_headers=Headers(scope=scope),
                sent=bytes(sent),
                status=started["status"],
                headers=Headers(raw=started["headers"]),
                answered=bytes(answered),
            )
            self.said.append((path, said))

        return listening
