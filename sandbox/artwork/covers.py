"""Covers. Place -> JPEG"""

from io import BytesIO

from PIL import Image

from sandbox.world.draws import draw
from sandbox.world.places import Place

SIZE = (1200, 800)


def draw_cover(place: Place, *, variant: int = 1) -> bytes:
    tint = draw(place.key, variant)
    image = Image.new("RGB", SIZE, (tint % 200, tint // 200 % 200, 160))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
