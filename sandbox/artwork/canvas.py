"""Drawing in scene coordinates, 1200 by 800, at twice that size for smooth edges. Shapes -> JPEG"""

from collections.abc import Sequence
from io import BytesIO
from math import pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.artwork.palette import Colour

WIDTH, HEIGHT = 1200, 800
SCALE = 2
QUALITY = 80
GRAIN = 0.09
Point = tuple[float, float]
UPPER = (180, 360)


class Canvas:
    """Alpha 0 to 255 on every shape; angles in degrees."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Sequence[Point], fill: Colour, alpha: int = 255) -> None:
        self._pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=(*fill, alpha))

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, alpha: int = 255) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill, alpha)

    def disc(self, x: float, y: float, across: float, fill: Colour, alpha: int = 255, *, high: float = 0) -> None:
        """A circle around x, y, or an ellipse of another height."""
        half_width, half_height = across / 2, (high or across) / 2
        edges = (x - half_width, y - half_height, x + half_width, y + half_height)
        self._pen.ellipse([edge * SCALE for edge in edges], fill=(*fill, alpha))

    def slice(
        self, x: float, y: float, across: float, fill: Colour, turn: tuple[float, float] = UPPER, *, high: float = 0
    ) -> None:
        """A part of a disc, from and to in degrees clockwise from three o'clock; mostly the upper half."""
        half_width, half_height = across / 2, (high or across) / 2
        edges = [edge * SCALE for edge in (x - half_width, y - half_height, x + half_width, y + half_height)]
        self._pen.pieslice(edges, *turn, fill=(*fill, 255))

    def ring(self, x: float, y: float, across: float, fill: Colour, width: float) -> None:
        half = across / 2
        edges = [edge * SCALE for edge in (x - half, y - half, x + half, y + half)]
        self._pen.ellipse(edges, outline=(*fill, 255), width=round(width * SCALE))

    def line(self, points: Sequence[Point], fill: Colour, width: float, alpha: int = 255) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._pen.line(scaled, fill=(*fill, alpha), width=max(1, round(width * SCALE)), joint="curve")

    def arch(self, x: float, y: float, width: float, height: float, fill: Colour, alpha: int = 255) -> None:
        """A round-headed opening standing on y + height."""
        head = min(height, width / 2)
        round_top = [
            (x + width / 2 + width / 2 * sin(t * pi / 24), y + head - head * sin(pi / 2 - t * pi / 24))
            for t in range(-12, 13)
        ]
        self.polygon([(x, y + height), *round_top, (x + width, y + height)], fill, alpha)

    def gradient(self, top: float, bottom: float, first: Colour, last: Colour) -> None:
        """A band over the full width, from one colour down to another."""
        height = max(1, round((bottom - top) * SCALE))
        mask = Image.linear_gradient("L").resize((WIDTH * SCALE, height))
        upper = Image.new("RGB", mask.size, first)
        upper.paste(Image.new("RGB", mask.size, last), mask=mask)
        self.image.paste(upper, (0, round(top * SCALE)))

    def glow(self, x: float, y: float, across: float, fill: Colour, strength: float) -> None:
        """Light that fades outwards."""
        size = round(across * SCALE)
        mask = ImageChops.invert(Image.radial_gradient("L")).resize((size, size))
        mask = mask.point([max(0, round((value - 74) * 255 / 181 * strength)) for value in range(256)])
        corner = round(x * SCALE - size / 2), round(y * SCALE - size / 2)
        self.image.paste(Image.new("RGB", mask.size, fill), corner, mask)

    def haze(self, top: float, bottom: float, fill: Colour, strength: int) -> None:
        """Mist that thickens downwards, for what is far away."""
        height = max(1, round((bottom - top) * SCALE))
        mask = (
            Image.linear_gradient("L")
            .resize((WIDTH * SCALE, height))
            .point([value * strength // 255 for value in range(256)])
        )
        self.image.paste(Image.new("RGB", mask.size, fill), (0, round(top * SCALE)), mask)

    def mirror(self, waterline: float, tint: Colour, strength: float) -> None:
        """Turn all below the waterline into a reflection of what stands above it, broken by ripples."""
        line = round(waterline * SCALE)
        depth = HEIGHT * SCALE - line
        above = self.image.crop((0, max(0, line - depth), WIDTH * SCALE, line)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        above = above.resize((WIDTH * SCALE, depth)).filter(ImageFilter.BoxBlur(2))
        water = Image.blend(above, Image.new("RGB", above.size, tint), strength)
        row = 0
        while row < depth:
            height = 3 + row // 60
            shift = round(sin(row * 0.9) * (2 + row / 90) + self.random.uniform(-2, 2) * (1 + row / 120))
            band = water.crop((0, row, WIDTH * SCALE, min(depth, row + height)))
            self.image.paste(ImageChops.offset(band, shift, 0), (0, line + row))
            row += height

    def finish(self) -> bytes:
        """Grain and a darker rim, then the picture as JPEG."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        grain = Image.frombytes("L", (WIDTH, HEIGHT), self.random.randbytes(WIDTH * HEIGHT)).filter(
            ImageFilter.BoxBlur(1)
        )
        textured = ImageChops.overlay(small, Image.merge("RGB", (grain, grain, grain)))
        small = Image.blend(small, textured, GRAIN)
        rim = (
            Image.radial_gradient("L")
            .resize((WIDTH, HEIGHT))
            .point([max(0, value - 160) * 48 // 95 for value in range(256)])
        )
        small.paste(Image.new("RGB", small.size, (12, 14, 30)), mask=rim)
        buffer = BytesIO()
        small.save(buffer, "JPEG", quality=QUALITY, optimize=True)
        return buffer.getvalue()
