"""Places to look from: towers, viewpoints, the wheel."""

from collections.abc import Callable
from itertools import pairwise
from math import cos, pi, sin

from sandbox.artwork.backdrop import far_town, ground, hills, sky
from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.details import battlements, birds, body, flag, people, spire, tree, window_rows
from sandbox.artwork.palette import Palette, blend, shade

FLOOR = 660


def belfry(canvas: Canvas, palette: Palette) -> None:
    """A bell tower above a hall."""
    _above_town(canvas, palette, _belfry)


def lattice(canvas: Canvas, palette: Palette) -> None:
    """A tower of iron."""
    _above_town(canvas, palette, _lattice)


def needle(canvas: Canvas, palette: Palette) -> None:
    """A mast of concrete with a sphere near its top."""
    _above_town(canvas, palette, _needle)


def _above_town(canvas: Canvas, palette: Palette, building: Callable[[Canvas, Palette], None]) -> None:
    sky(canvas, palette)
    far_town(canvas, palette.far, 520, tallest=90)
    canvas.haze(380, 560, palette.sky_low, 150)
    far_town(canvas, palette.middle, 600, tallest=120)
    canvas.haze(440, 640, palette.sky_low, 90)
    ground(canvas, palette, FLOOR - 30)
    building(canvas, palette)
    for x in (110, 220, 330, 880, 990, 1100):
        tree(canvas, palette, x, FLOOR + canvas.random.uniform(0, 30), canvas.random.uniform(90, 150))
    people(canvas, palette, FLOOR + 66, 9)
    birds(canvas, palette, canvas.random.choice((200, 820)), 180)


def _belfry(canvas: Canvas, palette: Palette) -> None:
    stone = palette.stone
    body(canvas, 360, FLOOR - 150, 480, 150, shade(stone, -0.12))
    window_rows(canvas, palette, (376, FLOOR - 136, 448, 118), rows=2, columns=12, arched=True)
    canvas.polygon([(346, FLOOR - 148), (392, FLOOR - 204), (808, FLOOR - 204), (854, FLOOR - 148)], palette.roof)
    body(canvas, 528, FLOOR - 400, 144, 400, stone)
    for level in range(3):
        for column in range(2):
            canvas.arch(548 + column * 62, FLOOR - 372 + level * 88, 42, 66, shade(stone, -0.55))
        canvas.box(520, FLOOR - 292 + level * 88, 160, 8, shade(stone, 0.22))
    canvas.disc(600, FLOOR - 60, 62, shade(stone, 0.35))
    canvas.line([(600, FLOOR - 60), (600, FLOOR - 82)], shade(palette.near, -0.5), 4)
    canvas.line([(600, FLOOR - 60), (616, FLOOR - 52)], shade(palette.near, -0.5), 4)
    battlements(canvas, 516, FLOOR - 400, 168, shade(stone, 0.06))
    body(canvas, 552, FLOOR - 486, 96, 90, shade(stone, 0.06))
    canvas.arch(580, FLOOR - 472, 40, 66, shade(stone, -0.55))
    for x in (530, 670):
        spire(canvas, x, FLOOR - 408, 26, 66, palette.roof)
    spire(canvas, 600, FLOOR - 482, 110, 130, palette.roof)
    flag(canvas, 600, FLOOR - 652, palette.accent, 18)


def _lattice(canvas: Canvas, palette: Palette) -> None:
    iron = blend(palette.near, palette.roof, 0.35)
    if palette.is_night:
        iron = blend(palette.near, palette.window, 0.62)
        canvas.glow(600, FLOOR - 240, 760, palette.window, 0.3)
    profile = [(150, 0), (112, 90), (78, 150), (50, 240), (32, 330), (20, 430), (9, 520)]
    for side in (-1, 1):
        outer = [(600 + side * half, FLOOR - up) for half, up in profile]
        inner = [(600 + side * half * (0.58 if up < 150 else 0.3), FLOOR - up) for half, up in profile]
        canvas.polygon([*outer, *reversed(inner)], shade(iron, -0.12 if side > 0 else 0.08))
    for (low_half, low), (high_half, high) in pairwise(profile):
        for part in range(4):
            start, end = low + (high - low) * part / 4, low + (high - low) * (part + 1) / 4
            half, upper = (
                low_half + (high_half - low_half) * part / 4,
                low_half + (high_half - low_half) * (part + 1) / 4,
            )
            for side in (-1, 1):
                canvas.line(
                    [(600 + side * half, FLOOR - start), (600 + side * upper * 0.45, FLOOR - end)],
                    shade(iron, 0.2),
                    2,
                    190,
                )
                canvas.line(
                    [(600 + side * half * 0.5, FLOOR - start), (600 + side * upper, FLOOR - end)],
                    shade(iron, 0.2),
                    2,
                    190,
                )
    arc = [(600 + 92 * cos(step * pi / 20), FLOOR - 74 * sin(step * pi / 20)) for step in range(21)]
    canvas.line(arc, iron, 12)
    for up, half in ((92, 128), (240, 62), (520, 18)):
        canvas.box(600 - half, FLOOR - up - 12, half * 2, 14, shade(iron, -0.2))
    canvas.box(597, FLOOR - 590, 6, 70, iron)


def _needle(canvas: Canvas, palette: Palette) -> None:
    concrete = shade(palette.stone, 0.1)
    canvas.polygon([(566, FLOOR), (588, FLOOR - 470), (612, FLOOR - 470), (634, FLOOR)], concrete)
    canvas.polygon([(600, FLOOR), (600, FLOOR - 470), (612, FLOOR - 470), (634, FLOOR)], shade(concrete, -0.25))
    canvas.disc(600, FLOOR - 440, 128, shade(palette.window, 0.15))
    canvas.disc(582, FLOOR - 458, 62, shade(palette.sky_low, 0.3), 150)
    for offset in (-20, 0, 20):
        canvas.box(540, FLOOR - 443 + offset, 120, 5, shade(concrete, -0.2))
    canvas.polygon([(592, FLOOR - 500), (598, FLOOR - 640), (602, FLOOR - 640), (608, FLOOR - 500)], concrete)
    for band in range(4):
        canvas.box(594, FLOOR - 624 + band * 30, 12, 12, palette.accent)
    body(canvas, 470, FLOOR - 66, 260, 66, concrete)
    window_rows(canvas, palette, (480, FLOOR - 56, 240, 50), rows=1, columns=12)


def terrace(canvas: Canvas, palette: Palette) -> None:
    """The whole town at one's feet."""
    _view(canvas, palette)
    _railing(canvas, palette)


def wheel(canvas: Canvas, palette: Palette) -> None:
    """A big wheel above the roofs."""
    _view(canvas, palette)
    big_wheel(canvas, palette, canvas.random.uniform(420, 780), 370, 480)
    _railing(canvas, palette)


def _view(canvas: Canvas, palette: Palette) -> None:
    sky(canvas, palette, horizon=470)
    hills(canvas, palette.far, 380, 90)
    canvas.haze(360, 480, palette.sky_low, 120)
    for base, tallest, fill in ((500, 110, palette.far), (560, 130, palette.middle), (640, 150, palette.near)):
        far_town(canvas, blend(fill, palette.sky_low, 0.12), base, tallest=tallest)
        canvas.haze(base - 150, base + 40, palette.sky_low, 90)


def _railing(canvas: Canvas, palette: Palette) -> None:
    canvas.polygon([(0, 700), (1200, 700), (1200, HEIGHT), (0, HEIGHT)], shade(palette.ground, -0.2))
    rail = shade(palette.near, -0.5)
    canvas.box(0, 622, 1200, 9, rail)
    for x in range(20, 1200, 46):
        canvas.box(x, 628, 4, 84, rail)
    canvas.box(0, 706, 1200, 10, rail)
    telescope = canvas.random.choice((250, 940))
    canvas.box(telescope - 5, 590, 10, 140, shade(rail, -0.2))
    canvas.polygon(
        [(telescope - 44, 560), (telescope + 40, 574), (telescope + 38, 602), (telescope - 44, 606)], palette.accent
    )
    canvas.disc(telescope - 44, 583, 30, shade(palette.accent, -0.4), high=48)
    for x in (1200 - telescope, 1200 - telescope + 56):
        _watcher(canvas, palette, x)


def _watcher(canvas: Canvas, palette: Palette, x: float) -> None:
    coat = canvas.random.choice((palette.roof, palette.accent, palette.green))
    canvas.polygon([(x - 20, 742), (x - 17, 642), (x + 17, 642), (x + 20, 742)], shade(coat, -0.1))
    canvas.polygon([(x - 13, 790), (x - 14, 738), (x + 14, 738), (x + 13, 790)], shade(palette.near, -0.4))
    canvas.disc(x, 624, 29, shade(palette.stone, -0.12))
    canvas.slice(x, 622, 32, shade(palette.roof, -0.5))


def big_wheel(canvas: Canvas, palette: Palette, x: float, y: float, across: float) -> None:
    """A wheel with cabins, standing on two legs."""
    steel = shade(palette.stone, 0.35)
    half = across / 2
    for side in (-1, 1):
        canvas.line([(x, y), (x + side * half * 0.52, y + half * 1.42)], shade(steel, -0.3), 9)
    for spoke in range(24):
        angle = spoke * pi / 12
        canvas.line([(x, y), (x + half * cos(angle), y + half * sin(angle))], steel, 1.6, 170)
    canvas.ring(x, y, across, steel, 6)
    canvas.ring(x, y, across * 0.9, steel, 3)
    for cabin in range(20):
        angle = cabin * pi / 10
        cx, cy = x + half * cos(angle), y + half * sin(angle)
        canvas.disc(cx, cy + 7, across * 0.062, palette.accent if cabin % 2 else palette.roof)
        canvas.disc(cx - 1, cy + 5, across * 0.03, shade(palette.window, 0.3))
    canvas.disc(x, y, across * 0.09, palette.accent)
