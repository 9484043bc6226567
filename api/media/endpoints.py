"""GET /media/<media id>/<width>.webp"""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Response

from api.errors import StatusCoded
from api.media.service import MediaService
from api.wiring import media_service

router = APIRouter(include_in_schema=False)

# A supplier may change a picture or its licence: two weeks is the longest any of them lets it be kept.
KEPT: Final = "public, max-age=604800"
# Shown in place of a picture that cannot be had, so that a page never has a hole in it.
PLACEHOLDER: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><rect width="8" height="6" fill="#8a94a6"/>'
    '<path d="M0 6 3 2.6 5 5l1-1 2 2z" fill="#fff" opacity=".35"/>'
    '<circle cx="6" cy="1.8" r=".6" fill="#fff" opacity=".5"/>'
    "</svg>"
)


@router.get("/media/{media_id}/{width}.webp")
async def picture(
    media_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")],
    width: int,
    service: Annotated[MediaService, Depends(media_service)],
) -> Response:
    try:
        content = await service.picture(media_id, width)
    except StatusCoded as problem:
        headers = {"cache-control": "no-store"}
        return Response(PLACEHOLDER, problem.status_code, headers, "image/svg+xml")
    return Response(content, headers={"cache-control": KEPT}, media_type="image/webp")
