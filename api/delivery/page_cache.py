"""Keeps finished pages of shops in memory, ahead of the framework. GET of a shop -> bytes, compressed once

A page is kept under (catalogue release, shop and its revision, base path, path, known query) for at most a minute, so
that an age told in words stays true and a page of yesterday goes. The application below is asked without cookies and
without any other header of the visitor: what it answers cannot hold anything of one. It decides by `Cache-Control:
public` what may be kept. What is private is answered as it is asked, and only sent from here.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.delivery.answers import CapturedAnswer, send_answer
from api.delivery.private_paths import is_private

KEEP_SECONDS: Final = 60.0
CAPACITY_BYTES: Final = 64 * 1024 * 1024
LARGEST_PAGE_BYTES: Final = 1024 * 1024
QUERY_NAMES: Final = frozenset(
    ("category", "city", "country", "date", "from", "kind", "month", "page", "place", "q", "sort", "to")
)


class PageKey(NamedTuple):
    release: str
    shop_id: str
    revision: int
    base_path: str
    path: str
    query: str


class PageCache:
    """`release` names the catalogue release that pages are made of now; None keeps nothing."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        release: Callable[[], str | None],
        monotonic: Callable[[], float] = time.monotonic,
        capacity_bytes: int = CAPACITY_BYTES,
    ) -> None:
        self._app = app
        self._release = release
        self._monotonic = monotonic
        self._capacity = capacity_bytes
        self._pages: OrderedDict[PageKey, tuple[float, CapturedAnswer]] = OrderedDict()
        self._bytes = 0
        self._newest: str | None = None
        self._making: dict[PageKey, asyncio.Future[CapturedAnswer | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_shop_page(scope):
            await self._app(scope, receive, send)
            return
        answer = await self._answer(scope, receive)
        scope["state"].update(is_from_cache=answer.was_kept, sighting=answer.sighting)
        await send_answer(answer, Headers(scope=scope), send, is_head=scope["method"] == "HEAD")

    async def _answer(self, scope: Scope, receive: Receive) -> CapturedAnswer:
        if is_private(scope["path"]):
            return await CapturedAnswer.of(self._app, {**scope, "method": "GET"}, receive)
        scope = _without_visitor(scope)
        release = self._release()
        if release is None:
            return await CapturedAnswer.of(self._app, scope, receive)
        self._follow(release)
        key = _key(scope, release)
        kept = self._kept(key)
        if kept is not None:
            return kept
        making = self._making.get(key)
        if making is None:
            return await self._make(key, scope, receive)
        # Somebody is making this very page; when it turns out not to be one to keep, make our own.
        return await asyncio.shield(making) or await CapturedAnswer.of(self._app, scope, receive)

    async def _make(self, key: PageKey, scope: Scope, receive: Receive) -> CapturedAnswer:
        making = self._making[key] = asyncio.get_running_loop().create_future()
        kept: CapturedAnswer | None = None
        try:
            answer = await CapturedAnswer.of(self._app, scope, receive)
            if answer.may_be_kept and len(answer.body) <= LARGEST_PAGE_BYTES:
                self._keep(key, answer)
                kept = answer
            return answer
        finally:
            del self._making[key]
            making.set_result(kept)

    def _follow(self, release: str) -> None:
        """Nobody will ask again for pages of another release."""
        if release != self._newest:
            self._pages.clear()
            self._newest, self._bytes = release, 0

    def _kept(self, key: PageKey) -> CapturedAnswer | None:
        found = self._pages.get(key)
        if found is None:
            return None
        expires_at, answer = found
        if self._monotonic() >= expires_at:
            self._forget(key)
            return None
        self._pages.move_to_end(key)
        self._weigh(answer)
        answer.was_kept = True
        return answer

    def _keep(self, key: PageKey, answer: CapturedAnswer) -> None:
        self._forget(key)
        self._pages[key] = (self._monotonic() + KEEP_SECONDS, answer)
        self._weigh(answer)
        while self._bytes > self._capacity:
            self._forget(next(iter(self._pages)))

    def _weigh(self, answer: CapturedAnswer) -> None:
        """Count what the answer takes now: it grows by each coding that is asked for."""
        self._bytes += answer.size - answer.counted_bytes
        answer.counted_bytes = answer.size

    def _forget(self, key: PageKey) -> None:
        if found := self._pages.pop(key, None):
            self._bytes -= found[1].counted_bytes


def _is_shop_page(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and scope["state"].get("shop") is not None
        and scope["path"].startswith(("/s/", "/v1/shops/"))
    )


def _without_visitor(scope: Scope) -> Scope:
    """The request as the application may see it: no cookies, no preferences, only query names that pages know."""
    host = Headers(scope=scope).get("host", "")
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    known = sorted((name, value) for name, value in query.items() if name in QUERY_NAMES)
    return {
        **scope,
        "method": "GET",
        "headers": [(b"host", host.encode("latin-1"))],
        "query_string": urlencode(known).encode("ascii"),
    }


def _key(scope: Scope, release: str) -> PageKey:
    shop = scope["state"]["shop"]
    return PageKey(
        release, shop.shop_id, shop.revision, scope["state"]["base_path"], scope["path"], scope["query_string"].decode()
    )
