"""Where power lived: palaces and castles."""

from sandbox.artwork.backdrop import hills, sky
from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.details import (
    battlements,
    birds,
    body,
    dome,
    flag,
    pediment,
    people,
    spire,
    topiary,
    tree,
    window_rows,
)
from sandbox.artwork.palette import Palette, blend, shade


def palace(canvas: Canvas, palette: Palette) -> None:
    """A long front with a garden laid out to please it."""
    sky(canvas, palette)
    hills(canvas, palette.far, 410, 90)
    canvas.haze(400, 560, palette.sky_low, 110)
    _front(canvas, palette, 590)
    _formal_garden(canvas, palette, 590)
    people(canvas, palette, 730, 6, left=420, right=780)


def _front(canvas: Canvas, palette: Palette, floor: float) -> None:
    stone, roof = palette.stone, palette.roof
    body(canvas, 130, floor - 150, 940, 150, stone)
    window_rows(canvas, palette, (150, floor - 140, 900, 136), rows=2, columns=19, arched=True)
    canvas.polygon([(118, floor - 148), (150, floor - 204), (1050, floor - 204), (1082, floor - 148)], roof)
    for x in range(170, 1050, 62):
        canvas.box(x, floor - 188, 18, 26, shade(stone, 0.2))
        canvas.box(x + 4, floor - 183, 10, 18, palette.window)
    for x in (130, 930):
        body(canvas, x, floor - 186, 140, 186, shade(stone, 0.08))
        window_rows(canvas, palette, (x + 10, floor - 172, 120, 160), rows=2, columns=3, arched=True)
        canvas.polygon(
            [(x - 10, floor - 184), (x + 22, floor - 252), (x + 118, floor - 252), (x + 150, floor - 184)],
            shade(roof, -0.08),
        )
        flag(canvas, x + 70, floor - 300, palette.accent, 20)
    body(canvas, 490, floor - 214, 220, 214, shade(stone, 0.12))
    window_rows(canvas, palette, (502, floor - 140, 196, 138), rows=2, columns=5, arched=True)
    pediment(canvas, 600, floor - 206, 250, 64, stone)
    if canvas.random.random() < 0.6:
        canvas.box(546, floor - 300, 108, 50, shade(stone, 0.05))
        dome(canvas, 600, floor - 292, 112, roof, high=1.2)


def _formal_garden(canvas: Canvas, palette: Palette, floor: float) -> None:
    """A fountain on the axis, box and beds to both sides."""
    canvas.gradient(floor, HEIGHT, blend(palette.green, palette.ground, 0.45), shade(palette.green, -0.25))
    canvas.polygon([(560, floor), (640, floor), (860, HEIGHT), (340, HEIGHT)], shade(palette.ground, 0.25))
    canvas.disc(600, 690, 230, blend(palette.sky_middle, palette.window, 0.3), high=58)
    canvas.disc(600, 686, 204, blend(palette.sky_low, palette.sky_middle, 0.4), high=44)
    for drop in range(7):
        height, reach = canvas.random.uniform(60, 105), (drop - 3) * 13
        canvas.line(
            [(600, 684), (600 + reach * 0.6, 684 - height), (600 + reach, 684 - height * 0.5)],
            (250, 252, 255),
            2.4,
            170,
        )
    for side in (-1, 1):
        for row in range(4):
            near = row / 3
            topiary(canvas, palette, 600 + side * (130 + near * 190), floor + 34 + near * 170, 46 + near * 80)
        canvas.polygon(
            [
                (600 + side * 190, floor + 16),
                (600 + side * 440, floor + 16),
                (600 + side * 560, floor + 78),
                (600 + side * 230, floor + 78),
            ],
            shade(palette.green, -0.2),
        )
        canvas.polygon(
            [
                (600 + side * 215, floor + 25),
                (600 + side * 420, floor + 25),
                (600 + side * 520, floor + 69),
                (600 + side * 250, floor + 69),
            ],
            palette.accent,
            190,
        )


def castle(canvas: Canvas, palette: Palette) -> None:
    """Towers on a rock above the town."""
    sky(canvas, palette)
    hills(canvas, palette.far, 380, 140)
    canvas.haze(360, 560, palette.sky_low, 130)
    hills(canvas, palette.middle, 470, 100)
    rock = blend(palette.near, palette.ground, 0.35)
    canvas.polygon(
        [(120, 700), (200, 590), (330, 540), (420, 500), (780, 496), (900, 548), (1010, 600), (1100, 700)], rock
    )
    canvas.polygon([(640, 498), (780, 496), (900, 548), (1010, 600), (1100, 700), (760, 700)], shade(rock, -0.25))
    stone, base = palette.stone, 520
    body(canvas, 380, base - 120, 440, 140, shade(stone, -0.08))
    battlements(canvas, 380, base - 120, 440, shade(stone, -0.08))
    body(canvas, 500, base - 230, 170, 250, stone)
    window_rows(canvas, palette, (520, base - 205, 130, 150), rows=3, columns=3, arched=True)
    canvas.polygon([(488, base - 228), (528, base - 300), (642, base - 300), (682, base - 228)], palette.roof)
    canvas.arch(560, base - 62, 60, 82, shade(stone, -0.65))
    for left, height, width in ((372, 210, 66), (762, 236, 70), (672, 312, 62), (448, 262, 52)):
        tall = height * canvas.random.uniform(0.9, 1.12)
        body(canvas, left, base - tall, width, tall + 26, shade(stone, 0.05))
        battlements(canvas, left - 5, base - tall, width + 10, shade(stone, 0.05), tooth=9)
        for level in range(3):
            canvas.arch(left + width * 0.4, base - tall + 34 + level * 54, width * 0.2, 26, palette.window)
        spire(
            canvas,
            left + width / 2,
            base - tall - 6,
            width * 1.14,
            width * canvas.random.uniform(1.2, 1.7),
            palette.roof,
        )
    flag(canvas, 703, base - 470, palette.accent, 18)
    hills(canvas, shade(palette.green, -0.05), 610, 60)
    hills(canvas, shade(palette.green, -0.3), 690, 50)
    for _ in range(16):
        x = canvas.random.uniform(0, 1200)
        tree(
            canvas, palette, x, 690 + abs(x - 600) * 0.06 + canvas.random.uniform(0, 50), canvas.random.uniform(50, 96)
        )
    birds(canvas, palette, 860, 170)
