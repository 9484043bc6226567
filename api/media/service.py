"""A provider's picture as ours: fetched once, re-encoded, kept. media id of the catalogue -> webp"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.media.encoding import WIDTHS, encoded
from api.media.errors import PictureNotFound, PictureUnavailable
from api.media.fetching import PictureFetcher
from api.media.store import PictureStore
from warehouse.errors import NoRelease
from warehouse.readers.catalog import CatalogReader

FAILURE_SECONDS: Final = 60.0
MOST_FAILURES: Final = 10_000
FETCHES_AT_ONCE: Final = 8
ENCODINGS_AT_ONCE: Final = 2


class MediaService:
    """Only pictures that the catalogue names can be asked for: nobody can make us fetch an address of his."""

    def __init__(
        self,
        reader: CatalogReader,
        fetcher: PictureFetcher,
        store: PictureStore,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reader = reader
        self._fetcher = fetcher
        self._store = store
        self._monotonic = monotonic
        self._failed_at: OrderedDict[str, float] = OrderedDict()
        self._making: dict[str, asyncio.Task[dict[int, bytes]]] = {}
        self._fetches = asyncio.Semaphore(FETCHES_AT_ONCE)
        self._encodings = asyncio.Semaphore(ENCODINGS_AT_ONCE)

    async def picture(self, media_id: str, width: int) -> bytes:
        """webp, at most `width` wide. PictureNotFound, or PictureUnavailable for a minute after a failure."""
        if width not in WIDTHS:
            raise PictureNotFound(f"Pictures are {', '.join(map(str, WIDTHS))} pixels wide.")
        src = await run_in_threadpool(self._src, media_id)
        kept = await run_in_threadpool(self._store.read, src, width)
        return kept if kept is not None else (await self._made(src))[width]

    def _src(self, media_id: str) -> str:
        try:
            medium = self._reader.medium(media_id)
        except NoRelease:
            medium = None
        if medium is None:
            raise PictureNotFound(f"No picture is called {media_id}.")
        return medium.src

    async def _made(self, src: str) -> dict[int, bytes]:
        if self._monotonic() - self._failed_at.get(src, float("-inf")) < FAILURE_SECONDS:
            raise PictureUnavailable("The supplier's picture failed a moment ago.")
        making = self._making.get(src)
        if making is None:
            making = self._making[src] = asyncio.create_task(self._make(src))
            making.add_done_callback(lambda _: self._making.pop(src, None))
        return await asyncio.shield(making)

    async def _make(self, src: str) -> dict[int, bytes]:
        try:
            async with self._fetches:
                content = await self._fetcher.fetch(src)
            async with self._encodings:
                pictures = await run_in_threadpool(encoded, content)
        except PictureUnavailable:
            self._failed_at[src] = self._monotonic()
            if len(self._failed_at) > MOST_FAILURES:
                self._failed_at.popitem(last=False)
            raise
        await run_in_threadpool(self._store.write, src, pictures)
        return pictures
