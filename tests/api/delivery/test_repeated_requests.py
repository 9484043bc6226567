"""What may be answered again without asking anybody, and what never."""

from dataclasses import dataclass, field

import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.delivery.repeated_requests import CAPACITY, KEEP_SECONDS, RepeatedRequests


@dataclass
class Busy:
    """An application that says how often it was asked, behind the layer; `is_from_cache` is the page cache's word."""

    is_from_cache: bool = True
    status: int = 200
    release: str | None = "r1"
    now: float = 0.0
    asked: int = 0
    seen_states: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._layer = RepeatedRequests(self._answer, release=lambda: self.release, monotonic=lambda: self.now)

    async def _answer(self, scope, _receive, send) -> None:
        self.asked += 1
        scope["state"].update(shop="the shop", sighting="a city", is_from_cache=self.is_from_cache)
        headers = [(b"content-type", b"text/html"), (b"x-request-id", str(self.asked).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": f"{scope['path']} {self.asked}".encode()})

    async def __call__(self, scope, receive, send) -> None:
        scope["state"] = {}
        await self._layer(scope, receive, send)
        self.seen_states.append(scope["state"])

    async def get(self, address: str = "/s/shop/", method: str = "GET", **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with AsyncClient(transport=ASGITransport(self), base_url="http://localhost") as client:
            return await client.request(method, address, headers=named)


async def test_a_repeated_request_gets_the_same_page_under_an_id_of_its_own():
    busy = Busy()
    first, again = await busy.get(), await busy.get()
    assert again.text == first.text
    assert busy.asked == 1
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert again.headers["content-type"] == "text/html"


async def test_what_is_answered_again_is_counted_again():
    busy = Busy()
    await busy.get()
    await busy.get()
    assert busy.seen_states[0] == busy.seen_states[1]


@pytest.mark.parametrize(
    "other",
    [
        {"address": "/s/shop/?page=2"},
        {"address": "/s/other/"},
        {"host": "tickets.example"},
        {"accept_encoding": "identity"},
        {"if_none_match": '"x"'},
        {"x_request_id": "from-a-proxy"},
        {"method": "HEAD"},
        {"method": "POST"},
    ],
    ids=str,
)
async def test_another_request_is_asked_for_itself(other):
    busy = Busy()
    await busy.get()
    await busy.get(**other)
    assert busy.asked == 2


async def test_it_ends_with_the_release_and_with_the_second():
    busy = Busy()
    await busy.get()
    busy.release = "r2"
    await busy.get()
    assert busy.asked == 2
    busy.now = KEEP_SECONDS
    await busy.get()
    assert busy.asked == 3


@pytest.mark.parametrize("given", [{"is_from_cache": False}, {"status": 404}], ids=str)
async def test_only_pages_of_the_cache_are_answered_again(given):
    busy = Busy(**given)
    await busy.get()
    await busy.get()
    assert busy.asked == 2


async def test_it_remembers_so_many_and_no_more():
    busy = Busy()
    for number in range(CAPACITY + 1):
        await busy.get(f"/s/shop/?q={number}")
    await busy.get("/s/shop/?q=0")
    assert busy.asked == CAPACITY + 2
    await busy.get(f"/s/shop/?q={CAPACITY}")
    assert busy.asked == CAPACITY + 2
