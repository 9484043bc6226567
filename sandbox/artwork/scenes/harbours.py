"""What stands by the water: tall ships, windmills, baths."""

from math import cos, pi, sin

from sandbox.artwork.backdrop import far_town, hills, sky
from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.details import birds, body, columns, dome, flag, people, window_rows
from sandbox.artwork.palette import Colour, Palette, blend, shade
from sandbox.artwork.scenes.boats import mirrored

WATERLINE = 560


def ship(canvas: Canvas, palette: Palette) -> None:
    """Three masts at the quay."""
    sky(canvas, palette, horizon=WATERLINE)
    far_town(canvas, palette.far, WATERLINE - 10, tallest=110)
    canvas.haze(400, WATERLINE, palette.sky_low, 170)
    timber, spar = (112, 70, 48), (74, 50, 42)
    if palette.is_night:
        timber, spar = (64, 46, 56), (40, 34, 50)
    for x, tall in ((420, 330), (600, 390), (780, 310)):
        _mast(canvas, palette, x, tall, spar)
    canvas.line([(840, WATERLINE - 70), (990, WATERLINE - 170)], spar, 7)
    canvas.polygon([(786, WATERLINE - 330), (980, WATERLINE - 164), (850, WATERLINE - 90)], shade(palette.stone, 0.2))
    _hull(canvas, palette, timber)
    flag(canvas, 600, WATERLINE - 486, palette.roof, 22)
    flag(canvas, 272, WATERLINE - 148, palette.accent, 26)
    canvas.box(0, WATERLINE - 4, 1200, 6, shade(palette.near, -0.2))
    mirrored(canvas, palette)
    birds(canvas, palette, 880, 170)


def _mast(canvas: Canvas, palette: Palette, x: float, tall: float, spar: Colour) -> None:
    """Three square sails, each smaller than the one below."""
    canvas.box(x - 5, WATERLINE - 60 - tall, 10, tall, spar)
    for level in range(3):
        wide, y = 150 - level * 34, WATERLINE - 130 - level * tall * 0.26
        canvas.box(x - wide / 2, y - tall * 0.2, wide, 5, spar)
        belly = [
            (x - wide / 2, y - tall * 0.19),
            (x + wide / 2, y - tall * 0.19),
            (x + wide * 0.6, y - 20),
            (x + wide * 0.52, y),
            (x - wide * 0.42, y),
            (x - wide * 0.36, y - 20),
        ]
        canvas.polygon(belly, shade(palette.stone, 0.35 - level * 0.08))
        canvas.polygon(
            [belly[1], belly[2], belly[3], (x + wide * 0.2, y), (x + wide * 0.3, y - tall * 0.19)],
            shade(palette.stone, -0.2),
            110,
        )
    for side in (-1, 1):
        canvas.line([(x, WATERLINE - 60 - tall), (x + side * 110, WATERLINE - 56)], spar, 1.6, 170)


def _hull(canvas: Canvas, palette: Palette, timber: Colour) -> None:
    canvas.polygon(
        [
            (262, WATERLINE - 92),
            (330, WATERLINE - 66),
            (840, WATERLINE - 62),
            (912, WATERLINE - 84),
            (848, WATERLINE + 14),
            (330, WATERLINE + 14),
        ],
        timber,
    )
    canvas.polygon(
        [
            (262, WATERLINE - 92),
            (330, WATERLINE - 66),
            (840, WATERLINE - 62),
            (912, WATERLINE - 84),
            (906, WATERLINE - 72),
            (838, WATERLINE - 48),
            (330, WATERLINE - 52),
            (268, WATERLINE - 78),
        ],
        palette.accent,
    )
    for port in range(9):
        canvas.box(352 + port * 54, WATERLINE - 36, 18, 15, shade(timber, -0.6))


def windmills(canvas: Canvas, palette: Palette) -> None:
    """Three mills along a ditch."""
    sky(canvas, palette, horizon=WATERLINE)
    far_town(canvas, palette.far, WATERLINE - 6, tallest=46)
    canvas.haze(480, WATERLINE, palette.sky_low, 150)
    canvas.gradient(WATERLINE - 26, WATERLINE + 2, blend(palette.green, palette.sky_low, 0.3), palette.green)
    for middle, size in ((930, 0.52), (690, 0.7), (340, 1.12)):
        _mill(canvas, palette, middle, WATERLINE, size)
    mirrored(canvas, palette)
    for edge in (0, 1):
        for _ in range(70):
            x = canvas.random.uniform(0, 300) if edge == 0 else canvas.random.uniform(900, 1200)
            tall = canvas.random.uniform(50, 130)
            canvas.line(
                [(x, HEIGHT), (x + canvas.random.uniform(-18, 18), HEIGHT - tall)],
                shade(palette.green, canvas.random.uniform(-0.4, 0.05)),
                3.4,
            )
    birds(canvas, palette, 560, 160)


def _mill(canvas: Canvas, palette: Palette, x: float, base: float, size: float) -> None:
    wall, cap = blend(palette.near, palette.roof, 0.35), shade(palette.roof, -0.3)
    top = base - 250 * size
    canvas.polygon([(x - 66 * size, base), (x - 36 * size, top), (x + 36 * size, top), (x + 66 * size, base)], wall)
    canvas.polygon(
        [(x + 6 * size, base), (x + 6 * size, top), (x + 36 * size, top), (x + 66 * size, base)], shade(wall, -0.22)
    )
    canvas.slice(x, top + 4, 88 * size, cap, high=78 * size)
    canvas.box(x - 76 * size, base - 96 * size, 152 * size, 7 * size, shade(palette.stone, 0.1))
    canvas.arch(x - 12 * size, base - 48 * size, 24 * size, 48 * size, shade(wall, -0.6))
    for level in range(2):
        canvas.box(x - 9 * size, base - (150 + level * 56) * size, 18 * size, 24 * size, palette.window)
    turn = canvas.random.uniform(0.2, 1.2)
    for sail in range(4):
        angle = turn + sail * pi / 2
        ux, uy, vx, vy = cos(angle), sin(angle), -sin(angle), cos(angle)
        hub_y, reach, wide = top - 14 * size, 190 * size, 34 * size
        canvas.line([(x, hub_y), (x + ux * reach, hub_y + uy * reach)], shade(cap, -0.3), 5 * size)
        cloth = [
            (x + ux * reach * part + vx * wide * side, hub_y + uy * reach * part + vy * wide * side)
            for part, side in ((0.18, 0), (1, 0), (1, 1), (0.18, 1))
        ]
        canvas.polygon(cloth, shade(palette.stone, 0.3), 225)
        for rung in range(8):
            part = 0.18 + rung * 0.117
            canvas.line(
                [
                    (x + ux * reach * part, hub_y + uy * reach * part),
                    (x + ux * reach * part + vx * wide, hub_y + uy * reach * part + vy * wide),
                ],
                shade(cap, -0.2),
                1.4 * size,
            )
    canvas.disc(x, top - 14 * size, 18 * size, shade(cap, -0.4))


def baths(canvas: Canvas, palette: Palette) -> None:
    """Warm water between arcades, under steam."""
    sky(canvas, palette, horizon=WATERLINE)
    hills(canvas, palette.far, 400, 90)
    canvas.haze(380, 540, palette.sky_low, 120)
    wall = blend(palette.stone, (246, 190, 84), 0.5)
    body(canvas, 90, WATERLINE - 190, 1020, 190, wall)
    window_rows(canvas, palette, (110, WATERLINE - 176, 980, 70), rows=1, columns=16, arched=True)
    columns(canvas, (110, WATERLINE - 104, 980, 96), 20, shade(wall, 0.2))
    for middle in (170, 600, 1030):
        canvas.box(middle - 74, WATERLINE - 236, 148, 60, shade(wall, 0.08))
        dome(canvas, middle, WATERLINE - 232, 140, palette.roof, high=1.05)
    canvas.box(0, WATERLINE - 8, 1200, 10, shade(palette.stone, 0.2))
    canvas.mirror(WATERLINE, (72, 186, 196), 0.5)
    for _ in range(9):
        x, y = canvas.random.uniform(120, 1080), canvas.random.uniform(610, 740)
        canvas.disc(x, y + 16, 84, (226, 250, 250), 120, high=15)
        canvas.disc(x, y, 32, shade(palette.stone, -0.14))
        canvas.slice(x, y - 3, 34, canvas.random.choice((palette.roof, palette.accent, palette.near)))
    for _ in range(26):
        canvas.disc(
            canvas.random.uniform(-40, 1240),
            canvas.random.uniform(470, 700),
            canvas.random.uniform(120, 260),
            (255, 255, 255),
            16,
            high=canvas.random.uniform(50, 110),
        )
    people(canvas, palette, WATERLINE - 14, 6)
