"""Churches and monuments."""

from collections.abc import Callable
from math import pi, sin

from sandbox.artwork.backdrop import HORIZON, far_town, ground, hills, sky
from sandbox.artwork.canvas import Canvas
from sandbox.artwork.details import (
    birds,
    body,
    columns,
    cypress,
    dome,
    lamp,
    pediment,
    people,
    spire,
    tree,
    window_rows,
)
from sandbox.artwork.palette import Palette, blend, shade

FLOOR = 650
Building = Callable[[Canvas, Palette], None]


def cathedral(canvas: Canvas, palette: Palette) -> None:
    """Two spires and a rose window."""
    _square(canvas, palette, _cathedral)


def basilica(canvas: Canvas, palette: Palette) -> None:
    """A great dome between two small ones."""
    _square(canvas, palette, _basilica)


def _square(canvas: Canvas, palette: Palette, building: Building) -> None:
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON, tallest=100)
    canvas.haze(HORIZON - 160, HORIZON + 40, palette.sky_low, 140)
    ground(canvas, palette, FLOOR - 10)
    building(canvas, palette)
    for x in (80, 180, 1030, 1130):
        tree(canvas, palette, x, FLOOR + 16, canvas.random.uniform(100, 150))
    for x in (260, 940):
        lamp(canvas, palette, x, FLOOR + 50, 116)
    people(canvas, palette, FLOOR + 60, 10)
    birds(canvas, palette, canvas.random.choice((170, 850)), 150)


def _cathedral(canvas: Canvas, palette: Palette) -> None:
    stone = palette.stone
    canvas.polygon([(440, FLOOR), (440, 400), (600, 300), (760, 400), (760, FLOOR)], shade(stone, -0.12))
    canvas.polygon([(430, 404), (600, 292), (770, 404), (760, 414), (600, 308), (440, 414)], palette.roof)
    canvas.disc(600, 440, 122, shade(stone, 0.28))
    canvas.disc(600, 440, 106, palette.window)
    for turn in range(12):
        dx, dy = sin(turn * pi / 6) * 36, sin(turn * pi / 6 + pi / 2) * 36
        canvas.line([(600, 440), (600 + dx * 1.45, 440 + dy * 1.45)], shade(stone, 0.2), 3)
        canvas.disc(600 + dx, 440 + dy, 17, palette.accent if turn % 2 else palette.roof, 200)
    canvas.disc(600, 440, 26, palette.accent)
    tall = canvas.random.uniform(300, 350)
    for x in (352, 718):
        body(canvas, x, FLOOR - tall, 130, tall, stone)
        for level in range(3):
            for column in range(2):
                canvas.arch(x + 22 + column * 50, FLOOR - tall + 24 + level * 92, 34, 70, palette.window)
            canvas.box(x - 5, FLOOR - tall + 104 + level * 92, 140, 7, shade(stone, 0.22))
        for corner in (x, x + 130):
            spire(canvas, corner, FLOOR - tall + 4, 24, 72, shade(stone, -0.1))
        spire(canvas, x + 65, FLOOR - tall + 2, 112, canvas.random.uniform(190, 215), palette.roof)
    for x, width in ((512, 60), (570, 60), (628, 60)):
        canvas.arch(x - 4, FLOOR - 114, width + 8, 114, shade(stone, 0.25))
        canvas.arch(x + 4, FLOOR - 104, width - 8, 104, shade(stone, -0.62))


def _basilica(canvas: Canvas, palette: Palette) -> None:
    stone = palette.stone
    body(canvas, 260, FLOOR - 190, 680, 190, shade(stone, -0.04))
    window_rows(canvas, palette, (280, FLOOR - 170, 640, 150), rows=1, columns=11, arched=True)
    canvas.box(250, FLOOR - 202, 700, 15, shade(stone, 0.2))
    for x in (300, 900):
        body(canvas, x - 44, FLOOR - 330, 88, 150, stone)
        canvas.arch(x - 18, FLOOR - 300, 36, 70, shade(stone, -0.6))
        dome(canvas, x, FLOOR - 326, 84, palette.roof, high=1.1)
    canvas.box(462, FLOOR - 300, 276, 110, shade(stone, 0.04))
    window_rows(canvas, palette, (472, FLOOR - 292, 256, 96), rows=1, columns=9, arched=True)
    canvas.box(450, FLOOR - 310, 300, 14, shade(stone, 0.24))
    dome(canvas, 600, FLOOR - 304, 290, palette.roof, high=1.14)
    pediment(canvas, 600, FLOOR - 186, 360, 74, stone)
    columns(canvas, (440, FLOOR - 188, 320, 164), 8, stone)
    for step in range(3):
        canvas.box(424 - step * 16, FLOOR - 24 + step * 9, 352 + step * 32, 10, shade(stone, 0.22 - step * 0.12))


def arena(canvas: Canvas, palette: Palette) -> None:
    """Rows of arches, the upper ones half gone."""
    _old_ground(canvas, palette, _arena)


def triumphal_arch(canvas: Canvas, palette: Palette) -> None:
    _old_ground(canvas, palette, _triumphal_arch)


def temple(canvas: Canvas, palette: Palette) -> None:
    """On a rock, as if on a tray."""
    _old_ground(canvas, palette, _temple)


def _old_ground(canvas: Canvas, palette: Palette, building: Building) -> None:
    sky(canvas, palette)
    hills(canvas, palette.far, 420, 110)
    far_town(canvas, palette.middle, HORIZON, tallest=70)
    canvas.haze(HORIZON - 160, HORIZON + 30, palette.sky_low, 150)
    ground(canvas, palette, FLOOR - 20)
    building(canvas, palette)
    for x in (70, 150, 1040, 1126):
        cypress(canvas, palette, x, FLOOR + 20, canvas.random.uniform(150, 210))
    people(canvas, palette, FLOOR + 44, 12)
    birds(canvas, palette, 800, 140)


def _arena(canvas: Canvas, palette: Palette) -> None:
    stone, left, wide = palette.stone, 250.0, 700.0
    for level, tall in enumerate((112, 104, 98, 70)):
        base = FLOOR - sum((112, 104, 98, 70)[:level])
        ruined = wide * (1 if level < 2 else 0.8 - 0.16 * (level - 2))
        canvas.box(left, base - tall, ruined, tall, shade(stone, 0.05 - level * 0.02))
        canvas.box(left, base - tall, ruined, 9, shade(stone, 0.28))
        arches = round(ruined / 50)
        for number in range(arches):
            squeeze = sin((number + 0.5) / arches * pi) * 0.2 + 0.8
            if level < 3:
                canvas.arch(left + number * 50 + 11, base - tall + 22, 28 * squeeze, tall - 26, shade(stone, -0.55))
            else:
                canvas.box(left + number * 50 + 18, base - tall + 24, 13, 17, shade(stone, -0.5))
    canvas.polygon(
        [(left, FLOOR), (left, FLOOR - 384), (left + 120, FLOOR - 384), (left + 60, FLOOR)], shade(stone, 0.3), 60
    )
    canvas.polygon(
        [
            (left + wide, FLOOR),
            (left + wide, FLOOR - 216),
            (left + wide - 210, FLOOR - 216),
            (left + wide - 130, FLOOR),
        ],
        shade(stone, -0.5),
        70,
    )


def _triumphal_arch(canvas: Canvas, palette: Palette) -> None:
    stone = palette.stone
    body(canvas, 380, FLOOR - 380, 440, 380, stone)
    canvas.box(366, FLOOR - 394, 468, 18, shade(stone, 0.25))
    canvas.box(368, FLOOR - 296, 464, 13, shade(stone, 0.22))
    canvas.arch(510, FLOOR - 250, 180, 250, shade(stone, -0.45))
    canvas.arch(532, FLOOR - 232, 136, 232, blend(palette.sky_low, palette.far, 0.35))
    for x in (404, 724):
        canvas.box(x, FLOOR - 232, 74, 150, shade(stone, -0.16))
        canvas.disc(x + 37, FLOOR - 176, 40, shade(stone, 0.16))
        canvas.box(x + 23, FLOOR - 158, 28, 70, shade(stone, 0.1))
    window_rows(canvas, palette, (396, FLOOR - 364, 408, 56), rows=1, columns=9)
    for x in (300, 900):
        lamp(canvas, palette, x, FLOOR + 36, 120)


def _temple(canvas: Canvas, palette: Palette) -> None:
    stone = palette.stone
    rock = blend(palette.ground, palette.near, 0.35)
    canvas.polygon([(90, FLOOR + 20), (240, 520), (330, 478), (870, 478), (980, 530), (1120, FLOOR + 20)], rock)
    canvas.polygon([(700, 478), (870, 478), (980, 530), (1120, FLOOR + 20), (820, FLOOR + 20)], shade(rock, -0.22))
    pediment(canvas, 600, 302, 520, 84, stone)
    canvas.box(346, 300, 508, 26, shade(stone, 0.08))
    columns(canvas, (356, 324, 488, 150), 10, stone)
    canvas.box(336, 470, 528, 13, shade(stone, 0.2))
    for x in (200, 1010):
        tree(canvas, palette, x, FLOOR, 90)
