"""Where things are made and matches are played: breweries, stadiums."""

from math import cos, pi, sin

from sandbox.artwork.backdrop import HORIZON, far_town, ground, sky
from sandbox.artwork.canvas import Canvas
from sandbox.artwork.details import FLAG_COLOURS, body, lamp, people, tree, window_rows
from sandbox.artwork.palette import Colour, Palette, blend, shade

FLOOR = 640


def stadium(canvas: Canvas, palette: Palette) -> None:
    """A bowl under floodlights."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON, tallest=120)
    canvas.haze(HORIZON - 170, HORIZON + 40, palette.sky_low, 140)
    ground(canvas, palette, 600)
    wall = shade(palette.stone, 0.12)
    canvas.disc(600, 560, 960, shade(wall, -0.3), high=330)
    canvas.disc(600, 520, 980, wall, high=300)
    canvas.disc(600, 512, 850, palette.near, high=226)
    for row in range(6):
        canvas.disc(
            600,
            516 + row * 3,
            800 - row * 62,
            FLAG_COLOURS[row % 2] if row % 2 else shade(palette.accent, 0.15),
            high=200 - row * 17,
        )
    canvas.disc(600, 530, 440, shade(palette.green, 0.1), high=104)
    for stripe in range(-3, 4):
        canvas.polygon(
            [
                (600 + stripe * 50 - 12, 488),
                (600 + stripe * 50 + 12, 488),
                (600 + stripe * 58 + 15, 572),
                (600 + stripe * 58 - 15, 572),
            ],
            shade(palette.green, 0.22),
            150,
        )
    for number in range(26):
        angle = pi * number / 25
        x, y = 600 + 490 * cos(angle), 522 + 150 * sin(angle)
        canvas.line([(x, y), (x * 0.985 + 9, y + 78)], shade(wall, -0.45), 5)
    for x in (150, 1050, 330, 870):
        canvas.box(x - 4, 230, 8, 250, shade(palette.near, -0.4))
        canvas.glow(x, 226, 260, (255, 252, 226), 0.6)
        canvas.box(x - 36, 206, 72, 34, (255, 253, 235))
    people(canvas, palette, 726, 16)


def brewery(canvas: Canvas, palette: Palette) -> None:
    """Brick, copper and steam."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON)
    canvas.haze(HORIZON - 160, HORIZON + 40, palette.sky_low, 130)
    ground(canvas, palette, FLOOR - 10)
    brick = blend(palette.roof, palette.stone, 0.12)
    for x, tall in ((300, 330), (930, 280)):
        canvas.polygon(
            [(x - 20, FLOOR), (x - 13, FLOOR - tall - 120), (x + 13, FLOOR - tall - 120), (x + 20, FLOOR)],
            shade(brick, -0.18),
        )
        for puff in range(6):
            canvas.disc(
                x + puff * 24,
                FLOOR - tall - 140 - puff * 19,
                44 + puff * 19,
                shade(palette.sky_low, 0.4),
                96 - puff * 12,
            )
    body(canvas, 170, FLOOR - 250, 400, 250, brick)
    for gable in range(4):
        x = 170 + gable * 100
        canvas.polygon([(x, FLOOR - 248), (x, FLOOR - 292), (x + 100, FLOOR - 248)], shade(brick, -0.25))
        canvas.polygon(
            [(x, FLOOR - 292), (x + 5, FLOOR - 292), (x + 105, FLOOR - 248), (x + 92, FLOOR - 248)],
            shade(palette.window, 0.1),
        )
    window_rows(canvas, palette, (190, FLOOR - 232, 360, 200), rows=2, columns=6, arched=True)
    _copper_hall(canvas, palette, brick)
    for number in range(5):
        x = 80 + number * 46
        canvas.box(x, FLOOR + 30, 40, 50, (150, 98, 58))
        for band in (38, 66):
            canvas.box(x - 1, FLOOR + band, 42, 5, (70, 66, 70))
    for x in (1110, 60):
        tree(canvas, palette, x, FLOOR + 16, 140)
    for x in (560, 1056):
        lamp(canvas, palette, x, FLOOR + 60, 110)
    people(canvas, palette, FLOOR + 70, 9, left=360)


def _copper_hall(canvas: Canvas, palette: Palette, brick: Colour) -> None:
    """Kettles behind glass."""
    body(canvas, 570, FLOOR - 180, 470, 180, shade(brick, 0.1))
    canvas.box(600, FLOOR - 150, 410, 150, palette.window)
    for x in (662, 790, 918):
        copper = (198, 112, 62)
        canvas.disc(x, FLOOR - 66, 104, copper, high=118)
        canvas.disc(x - 14, FLOOR - 82, 46, shade(copper, 0.35), 170, high=58)
        canvas.polygon(
            [(x - 14, FLOOR - 118), (x - 6, FLOOR - 176), (x + 6, FLOOR - 176), (x + 14, FLOOR - 118)],
            shade(copper, -0.1),
        )
    for x in range(600, 1012, 59):
        canvas.box(x, FLOOR - 152, 5, 152, shade(brick, -0.4))
    canvas.box(560, FLOOR - 196, 490, 18, palette.accent)
