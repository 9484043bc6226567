"""Draws the demo shops' logos. a few shapes and two colours -> PNG"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from api.shops.shop import Logo

SIZE: Final = 192
# Drawn four times too large and shrunk: Pillow's shapes have no smooth edges of their own.
SCALE: Final = 4

Point = tuple[float, float]


class Sheet:
    """A square of 48 by 48 units with round corners."""

    def __init__(self, ground: str) -> None:
        self._unit = SIZE * SCALE / 48
        self._image = Image.new("RGBA", (SIZE * SCALE, SIZE * SCALE))
        self._draw = ImageDraw.Draw(self._image)
        self._draw.rounded_rectangle(self._box(0, 0, 48, 48), radius=11 * self._unit, fill=ground)

    def polygon(self, points: list[Point], colour: str) -> None:
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self._draw.rectangle(self._box(left, top, right, bottom), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.ellipse(self._box(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def png(self) -> Logo:
        output = BytesIO()
        self._image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(output, "PNG", optimize=True)
        return Logo(output.getvalue(), "image/png")

    def _box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * self._unit, top * self._unit, right * self._unit, bottom * self._unit


def canal_houses(ground: str, ink: str, accent: str) -> Logo:
    """Three gables over water."""
    sheet = Sheet(ground)
    sheet.polygon([(8, 33), (8, 18), (12.5, 12), (17, 18), (17, 33)], ink)
    sheet.polygon([(19, 33), (19, 14), (20.5, 14), (20.5, 10), (27.5, 10), (27.5, 14), (29, 14), (29, 33)], ink)
    sheet.polygon([(31, 33), (31, 18), (33, 18), (35.5, 12), (38, 18), (40, 18), (40, 33)], ink)
    for left in (11, 22, 33.8):
        sheet.box(left, 22, left + 3.4, 26, ground)
    sheet.box(8, 35.5, 40, 37, accent)
    sheet.box(12, 39, 36, 40.4, accent)
    return sheet.png()


def tent_by_the_sea(ground: str, ink: str, accent: str) -> Logo:
    """A tent, a sun and one long wave."""
    sheet = Sheet(ground)
    sheet.disc(34.5, 14, 5.5, accent)
    sheet.polygon([(6, 34), (20, 11), (34, 34)], ink)
    sheet.polygon([(15, 34), (20, 23), (25, 34)], ground)
    sheet.box(6, 36.5, 42, 38.2, ink)
    sheet.box(11, 40.4, 37, 42, accent)
    return sheet.png()


def columns(ground: str, ink: str, accent: str) -> Logo:
    """A museum's front."""
    sheet = Sheet(ground)
    sheet.polygon([(7, 18), (24, 8), (41, 18)], ink)
    sheet.disc(24, 14.6, 1.9, accent)
    for left in (10, 18, 26, 34):
        sheet.box(left, 20.5, left + 4, 34, ink)
    sheet.box(8, 36, 40, 39, accent)
    return sheet.png()
