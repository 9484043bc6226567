"""Museums from outside: a temple, white cubes, a shell of glass."""

from math import cos, pi, sin

from sandbox.artwork.backdrop import HORIZON, far_town, ground, hills, sky
from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.details import (
    FLAG_COLOURS,
    birds,
    body,
    columns,
    dome,
    flag,
    lamp,
    pediment,
    people,
    spire,
    tree,
    window_rows,
)
from sandbox.artwork.palette import Palette, blend, shade

FLOOR = 640


def temple(canvas: Canvas, palette: Palette) -> None:
    """A temple of a museum: steps, columns, wings, banners."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON)
    canvas.haze(HORIZON - 170, HORIZON + 20, palette.sky_low, 150)
    ground(canvas, palette, FLOOR - 30)
    stone = palette.stone
    for side in (-1, 1):
        left = 600 + side * 325 - 185
        body(canvas, left, FLOOR - 190, 370, 190, shade(stone, -0.06))
        window_rows(canvas, palette, (left + 18, FLOOR - 172, 334, 160), rows=2, columns=7, arched=True)
        canvas.box(left - 8, FLOOR - 200, 386, 14, shade(stone, 0.2))
    if canvas.random.random() < 0.55:
        canvas.box(510, FLOOR - 372, 180, 66, shade(stone, -0.05))
        dome(canvas, 600, FLOOR - 366, 170, palette.roof, high=1.05)
    canvas.box(392, FLOOR - 300, 416, 46, shade(stone, 0.06))
    pediment(canvas, 600, FLOOR - 292, 450, 92, stone)
    columns(canvas, (400, FLOOR - 256, 400, 226), canvas.random.choice((6, 8)), stone)
    canvas.box(384, FLOOR - 266, 432, 14, shade(stone, 0.22))
    for number, banner in enumerate((352, 836)):
        canvas.box(banner, FLOOR - 176, 30, 128, FLAG_COLOURS[(number + canvas.random.randint(0, 3)) % 4])
    for step in range(5):
        canvas.box(376 - step * 16, FLOOR - 32 + step * 12, 448 + step * 32, 13, shade(stone, 0.24 - step * 0.1))
    for x in (90, 205, 1000, 1120):
        tree(canvas, palette, x, FLOOR + 22, canvas.random.uniform(130, 170))
    for x in (300, 900):
        lamp(canvas, palette, x, FLOOR + 44, 110)
    people(canvas, palette, FLOOR + 60, 9)


def cubes(canvas: Canvas, palette: Palette) -> None:
    """White volumes, tall glass, water in front and a sculpture."""
    sky(canvas, palette)
    hills(canvas, palette.far, 400, 110)
    far_town(canvas, palette.middle, HORIZON, tallest=80)
    canvas.haze(HORIZON - 150, HORIZON + 30, palette.sky_low, 120)
    wall = shade(palette.stone, 0.28)
    lean = canvas.random.uniform(20, 70)
    canvas.polygon([(180, FLOOR), (180, 352), (560, 352 - lean), (560, FLOOR)], wall)
    canvas.polygon([(560, FLOOR), (560, 352 - lean), (640, 372), (640, FLOOR)], shade(wall, -0.35))
    canvas.polygon([(520, FLOOR), (520, 440), (1020, 440), (1020, FLOOR)], shade(wall, -0.08))
    canvas.polygon([(500, 448), (500, 424), (1050, 424), (1050, 448)], palette.roof)
    canvas.box(548, 466, 442, FLOOR - 466, palette.window)
    for number in range(9):
        canvas.box(548 + number * 55, 466, 5, FLOOR - 466, shade(wall, -0.5))
    for number in range(4):
        frame = canvas.random.choice(FLAG_COLOURS)
        canvas.box(590 + number * 100, 505 + canvas.random.uniform(-6, 10), 56, 68, shade(wall, 0.4))
        canvas.box(597 + number * 100, 512 + canvas.random.uniform(-4, 6), 42, 52, frame)
    canvas.box(228, 410, 84, 160, palette.accent)
    canvas.disc(270, 480, 60, shade(palette.accent, 0.5))
    canvas.box(262, 470, 46, 80, shade(palette.accent, -0.35), 150)
    canvas.box(0, FLOOR, 1200, 200, palette.ground)
    canvas.mirror(FLOOR + 4, blend(palette.sky_low, palette.middle, 0.45), 0.35)
    canvas.polygon([(0, 760), (1200, 728), (1200, HEIGHT), (0, HEIGHT)], shade(palette.ground, -0.1))
    for size in (86, 60, 34):
        canvas.ring(1090, 690 - size * 0.4, size, palette.roof, 9)
    canvas.box(1066, 706, 50, 38, shade(palette.stone, -0.2))
    tree(canvas, palette, 96, FLOOR + 10, 190)
    people(canvas, palette, 752, 6, left=180, right=980)


def shell(canvas: Canvas, palette: Palette) -> None:
    """A sphere in a shell of glass and steel."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON, tallest=130)
    canvas.haze(HORIZON - 170, HORIZON + 30, palette.sky_low, 150)
    ground(canvas, palette, FLOOR - 10)
    shell = shade(palette.stone, 0.3)
    rise = canvas.random.uniform(210, 290)
    ribs = [(150 + step * 37.5, FLOOR - rise * sin(step / 24 * pi) ** 0.8 - 30) for step in range(25)]
    canvas.polygon([(150, FLOOR), *ribs, (1050, FLOOR)], blend(palette.window, palette.sky_middle, 0.35))
    for x, y in ribs[1:-1:2]:
        canvas.line([(x, y), (x + 16, FLOOR)], shell, 4)
    for share in (0.3, 0.55, 0.8):
        canvas.line([(150 + (x - 150), FLOOR - (FLOOR - y) * share) for x, y in ribs], shell, 2.5, 180)
    canvas.line(ribs, shell, 12)
    across = canvas.random.uniform(230, 280)
    canvas.disc(600, FLOOR - across * 0.5, across, palette.accent)
    canvas.disc(600 - across * 0.12, FLOOR - across * 0.6, across * 0.62, shade(palette.accent, 0.2), 150)
    for turn in range(-2, 3):
        canvas.line(
            [
                (
                    600 + across / 2 * sin(turn * 0.32) * cos(step * pi / 16 - pi / 2),
                    FLOOR - across / 2 + across / 2 * sin(step * pi / 16 - pi / 2),
                )
                for step in range(17)
            ],
            shade(palette.accent, -0.3),
            2,
        )
    canvas.box(120, FLOOR - 12, 960, 20, shade(palette.stone, -0.1))
    for x in (70, 1130, 1050):
        tree(canvas, palette, x, FLOOR + 20, canvas.random.uniform(110, 150))
    people(canvas, palette, FLOOR + 50, 12)
    birds(canvas, palette, 260, 160)


def brick(canvas: Canvas, palette: Palette) -> None:
    """Red brick, bands of stone, a gate between two towers."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON, tallest=90)
    canvas.haze(HORIZON - 150, HORIZON + 30, palette.sky_low, 150)
    ground(canvas, palette, FLOOR - 20)
    wall, trim = shade(palette.roof, -0.08), shade(palette.stone, 0.15)
    for left, wide in ((110, 300), (790, 300)):
        body(canvas, left, FLOOR - 200, wide, 200, wall)
        canvas.polygon(
            [
                (left - 10, FLOOR - 198),
                (left + 24, FLOOR - 268),
                (left + wide - 24, FLOOR - 268),
                (left + wide + 10, FLOOR - 198),
            ],
            shade(palette.near, -0.1),
        )
        window_rows(canvas, palette, (left + 14, FLOOR - 186, wide - 28, 172), rows=2, columns=6, arched=True)
        canvas.box(left, FLOOR - 104, wide, 6, trim)
    body(canvas, 400, FLOOR - 270, 400, 270, shade(wall, 0.06))
    canvas.polygon([(450, FLOOR - 268), (600, FLOOR - 380), (750, FLOOR - 268)], shade(wall, 0.06))
    canvas.line([(444, FLOOR - 266), (600, FLOOR - 384), (756, FLOOR - 266)], trim, 8)
    canvas.disc(600, FLOOR - 298, 66, trim)
    canvas.disc(600, FLOOR - 298, 52, palette.window)
    for left in (470, 566, 662):
        canvas.arch(left - 6, FLOOR - 128, 80, 128, trim)
        canvas.arch(left, FLOOR - 120, 68, 120, shade(wall, -0.6))
    window_rows(canvas, palette, (420, FLOOR - 236, 360, 84), rows=1, columns=7, arched=True)
    for x in (372, 740):
        body(canvas, x, FLOOR - 360, 88, 360, wall)
        for level in range(4):
            canvas.box(x, FLOOR - 356 + level * 90, 88, 6, trim)
            canvas.arch(x + 27, FLOOR - 336 + level * 90, 34, 54, palette.window)
        spire(canvas, x + 44, FLOOR - 358, 104, 132, shade(palette.near, -0.1))
        flag(canvas, x + 44, FLOOR - 530, palette.accent, 16)
    canvas.disc(600, FLOOR + 70, 760, blend(palette.sky_middle, palette.window, 0.25), high=74)
    canvas.disc(600, FLOOR + 67, 716, blend(palette.sky_low, palette.sky_middle, 0.45), high=56)
    for x in (70, 170, 1030, 1130):
        tree(canvas, palette, x, FLOOR + 26, canvas.random.uniform(120, 160))
    people(canvas, palette, FLOOR + 116, 9)


def pyramid(canvas: Canvas, palette: Palette) -> None:
    """A courtyard with a glass pyramid, wings with mansard roofs around it."""
    sky(canvas, palette)
    far_town(canvas, palette.far, HORIZON - 20, tallest=70)
    canvas.haze(HORIZON - 140, HORIZON + 20, palette.sky_low, 140)
    ground(canvas, palette, FLOOR - 20)
    for left, wide in ((-20, 470), (750, 470), (420, 360)):
        tall = 210 if left != 420 else 176
        body(canvas, left, FLOOR - tall, wide, tall, shade(palette.stone, 0 if tall > 200 else -0.1))
        window_rows(
            canvas,
            palette,
            (left + 12, FLOOR - tall + 14, wide - 24, tall - 30),
            rows=2,
            columns=wide // 46,
            arched=True,
        )
        canvas.polygon(
            [
                (left - 8, FLOOR - tall + 2),
                (left + 20, FLOOR - tall - 62),
                (left + wide - 20, FLOOR - tall - 62),
                (left + wide + 8, FLOOR - tall + 2),
            ],
            shade(palette.near, 0.05),
        )
        canvas.box(left - 8, FLOOR - tall, wide + 16, 9, shade(palette.stone, 0.25))
    for x in (150, 1050):
        canvas.polygon(
            [(x - 84, FLOOR - 208), (x - 54, FLOOR - 316), (x + 54, FLOOR - 316), (x + 84, FLOOR - 208)],
            shade(palette.near, -0.1),
        )
        canvas.disc(x, FLOOR - 252, 34, palette.window)
    _glass_pyramid(canvas, palette)
    for x in (200, 1000):
        canvas.polygon(
            [(x - 150, FLOOR + 96), (x - 110, FLOOR + 62), (x + 110, FLOOR + 62), (x + 150, FLOOR + 96)],
            blend(palette.sky_middle, palette.sky_low, 0.5),
        )
    people(canvas, palette, FLOOR + 70, 14)


def _glass_pyramid(canvas: Canvas, palette: Palette) -> None:
    peak, half, base = FLOOR - 236, 250, FLOOR + 40
    glass, frame = blend(palette.window, palette.sky_low, 0.5), shade(palette.stone, 0.4)
    canvas.polygon([(600 - half, base), (600, peak), (600 + half, base)], glass)
    canvas.polygon([(600 + 60, base), (600, peak), (600 + half, base)], shade(glass, -0.25))
    for step in range(1, 8):
        share = step / 8
        y = peak + (base - peak) * share
        canvas.line([(600 - half * share, y), (600 + half * share, y)], frame, 1.6, 190)
        canvas.line(
            [(600 - half + 2 * half * share, base), (600 - half + half * share, base - (base - peak) * share)],
            frame,
            1.6,
            190,
        )
        canvas.line(
            [(600 - half + 2 * half * share, base), (600 + half * share, peak + (base - peak) * share)], frame, 1.6, 190
        )
    if palette.is_night:
        canvas.glow(600, FLOOR - 20, 620, palette.window, 0.5)
    canvas.line([(600 - half, base), (600, peak), (600 + half, base)], frame, 4)
