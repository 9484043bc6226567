"""A wheel, a coaster, tents and balloons."""

from math import sin

from sandbox.artwork.backdrop import HORIZON, far_town, ground, sky
from sandbox.artwork.canvas import Canvas
from sandbox.artwork.details import FLAG_COLOURS, flag, people
from sandbox.artwork.palette import Colour, Palette, shade
from sandbox.artwork.scenes.heights import big_wheel


def theme_park(canvas: Canvas, palette: Palette) -> None:
    """A wheel, a coaster, tents and balloons."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON, tallest=80)
    canvas.haze(HORIZON - 140, HORIZON + 40, palette.sky_low, 130)
    ground(canvas, palette, 600)
    big_wheel(canvas, palette, 300, 380, 380)
    _coaster(canvas, palette)
    for number, x in enumerate((120, 330, 560, 800, 1040)):
        _tent(canvas, palette, x, 690 + (number % 2) * 14, 150, FLAG_COLOURS[number % 4])
    for _ in range(6):
        _balloon(
            canvas,
            canvas.random.uniform(420, 1120),
            canvas.random.uniform(90, 330),
            canvas.random.choice(FLAG_COLOURS),
            canvas.random.uniform(16, 26),
        )
    for x in range(-10, 1210, 60):
        top = 560 + 16 * sin(x / 95)
        canvas.disc(x, top, 9, palette.window if palette.is_night else FLAG_COLOURS[x // 60 % 4])
    canvas.line([(x, 556 + 16 * sin(x / 95)) for x in range(-10, 1215, 20)], shade(palette.near, -0.4), 1.8)
    people(canvas, palette, 724, 18, left=40, right=1160)


def _coaster(canvas: Canvas, palette: Palette) -> None:
    track = [
        (520 + step * 12, 430 - 150 * sin(step / 8.2) * (1 - step / 130) - 40 * sin(step / 3.7)) for step in range(58)
    ]
    for x, y in track[::3]:
        canvas.line([(x, y), (x, 640)], shade(palette.stone, 0.2), 3, 210)
    for (x, y), (next_x, _) in zip(track[::3], track[3::3], strict=False):
        canvas.line([(x, y + 50), (next_x, 640)], shade(palette.stone, 0.2), 1.6, 150)
    canvas.line(track, palette.accent, 9)
    canvas.line([(x, y + 8) for x, y in track], shade(palette.accent, -0.35), 4)
    for x, y in track[10:19:2]:
        canvas.box(x - 10, y - 22, 21, 18, palette.roof)
        canvas.disc(x, y - 26, 12, shade(palette.stone, -0.1))


def _tent(canvas: Canvas, palette: Palette, x: float, base: float, wide: float, fill: Colour) -> None:
    canvas.box(x - wide / 2, base - 70, wide, 70, shade(palette.stone, 0.25))
    for stripe in range(6):
        left = x - wide / 2 + stripe * wide / 6
        if stripe % 2:
            canvas.box(left, base - 70, wide / 6, 70, fill)
        roof = [
            (left - 8 + stripe * 3, base - 66),
            (left + wide / 6 - 8 + (stripe + 1) * 3, base - 66),
            (x, base - 140),
        ]
        canvas.polygon(roof, shade(palette.stone, 0.3) if stripe % 2 else shade(fill, -0.06))
        canvas.disc(left + wide / 12, base - 66, wide / 6, fill if stripe % 2 else shade(palette.stone, 0.3), high=19)
    canvas.arch(x - 17, base - 50, 34, 50, shade(fill, -0.6))
    flag(canvas, x, base - 176, fill, 17)


def _balloon(canvas: Canvas, x: float, y: float, fill: Colour, size: float) -> None:
    canvas.line([(x, y + size), (x - 5, y + size * 2), (x + 3, y + size * 3.2)], shade(fill, -0.4), 1.6, 180)
    canvas.disc(x, y, size * 1.7, fill, high=size * 2.1)
    canvas.disc(x - size * 0.3, y - size * 0.35, size * 0.5, shade(fill, 0.5), 150, high=size * 0.7)
