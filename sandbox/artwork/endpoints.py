"""GET /media/<name>.jpg. Place or supplier -> picture, drawn when first asked for"""

import asyncio
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.artwork.covers import draw_cover
from sandbox.artwork.logos import draw_logo
from sandbox.providers.profiles import SupplierProfile
from sandbox.world.places import Place

# A name is always the same picture.
CACHE_CONTROL = "public, max-age=31536000, immutable"


class Gallery:
    """Pictures by name: `<place>`, `<place>-2`, `<place>-3` and `logo-<supplier>`, each kept once drawn."""

    def __init__(self, places: Sequence[Place], profiles: Iterable[SupplierProfile]) -> None:
        self._places = {place.key: place for place in places}
        self._profiles = {f"logo-{profile.code}": profile for profile in profiles}
        self._drawn: dict[str, bytes] = {}
        # One at a time: a page of covers must not starve the suppliers' own answers of the processor.
        self._drawing = asyncio.Lock()

    async def picture(self, request: Request) -> Response:
        name = request.path_params["name"]
        async with self._drawing:
            if name not in self._drawn:
                drawn = await asyncio.to_thread(self._draw, name)
                if drawn is None:
                    return PlainTextResponse("no such picture", HTTPStatus.NOT_FOUND)
                self._drawn[name] = drawn
        return Response(self._drawn[name], headers={"Cache-Control": CACHE_CONTROL}, media_type="image/jpeg")

    def _draw(self, name: str) -> bytes | None:
        if name in self._profiles:
            return draw_logo(self._profiles[name].name, name)
        if name in self._places:
            return draw_cover(self._places[name])
        key, _, variant = name.rpartition("-")
        is_variant = key in self._places and variant in {"2", "3"}
        return draw_cover(self._places[key], variant=int(variant)) if is_variant else None
