"""A caller that keeps every reply, with the operation it belongs to. Sandbox app -> Exchange"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from sandbox.app import SandboxOptions, create_app

KEY = "a key of the test"
BOTH = "octo/pricing, octo/content"
# A Tuesday noon in spring, so that a week ahead holds ordinary and busy days.
NOON = datetime(2027, 4, 6, 12, tzinfo=UTC)


@dataclass
class FakeClock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Exchange:
    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass
class Caller:
    """Calls one supplier; `exchanges` is all that was said."""

    http: httpx.AsyncClient
    supplier: str
    capabilities: str = BOTH
    key: str | None = KEY
    exchanges: list[Exchange] = field(default_factory=list)

    async def get(self, path: str, **params: str) -> Any:
        return await self.call("GET", path, params=params)

    async def post(self, path: str, body: Any) -> Any:
        return await self.call("POST", path, json=body)

    async def patch(self, path: str, body: Any) -> Any:
        return await self.call("PATCH", path, json=body)

    async def call(self, method: str, path: str, **options: Any) -> Any:
        """`path` is written as the document writes it, with the values of its parameters after `=`."""
        headers = {"Octo-Capabilities": self.capabilities}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        template, address = _template(path)
        reply = await self.http.request(method, f"/octo/{self.supplier}{address}", headers=headers, **options)
        self.exchanges.append(Exchange(method, template, reply.status_code, reply.headers, reply.json()))
        return reply.json()

    async def control(self, **switches: object) -> None:
        (await self.http.post(f"/control/{self.supplier}", json=switches)).raise_for_status()


@asynccontextmanager
async def open_world(clock: FakeClock, *, place_count: int | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """The sandbox in this process, with a clock of the test's own."""
    options = SandboxOptions(
        public_url="http://sandbox.test", keys={"canal": KEY, "meridian": KEY}, place_count=place_count
    )
    transport = httpx.ASGITransport(create_app(options, clock=clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test") as http:
        yield http


def _template(path: str) -> tuple[str, str]:
    """`/bookings/{uuid=1234}/confirm` as the document's path and the address called."""
    template, address = [], []
    for part in path.split("/"):
        name, is_parameter, value = part.strip("{}").partition("=")
        template.append(f"{{{name}}}" if is_parameter else part)
        address.append(value if is_parameter else part)
    return "/".join(template), "/".join(address)
