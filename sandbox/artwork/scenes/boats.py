"""Seen from the water: canals, rivers, bays."""

from sandbox.artwork.backdrop import far_town, hills, sky
from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.details import birds, boat, dome, tree
from sandbox.artwork.palette import Palette, blend, shade
from sandbox.artwork.scenes.streets import house_row

WATERLINE = 560


def canal(canvas: Canvas, palette: Palette) -> None:
    """Old fronts along the quay, mirrored."""
    sky(canvas, palette, horizon=WATERLINE)
    far_town(canvas, palette.far, 380, tallest=140)
    canvas.haze(240, 470, palette.sky_low, 120)
    house_row(canvas, palette, WATERLINE - 20)
    for x in (60, 330, 620, 880, 1150):
        tree(canvas, palette, x + canvas.random.uniform(-30, 30), WATERLINE - 18, canvas.random.uniform(110, 150))
    canvas.box(0, WATERLINE - 22, 1200, 24, shade(palette.ground, -0.35))
    canvas.box(0, WATERLINE - 24, 1200, 5, shade(palette.ground, 0.1))
    mirrored(canvas, palette)
    boat(canvas, palette, canvas.random.uniform(420, 780), 672, 330)


def river(canvas: Canvas, palette: Palette) -> None:
    """A stone bridge, a dome, a boat about to pass below."""
    sky(canvas, palette, horizon=WATERLINE)
    hills(canvas, palette.far, 360, 120)
    far_town(canvas, palette.middle, WATERLINE - 30, tallest=120)
    dome(
        canvas,
        canvas.random.uniform(240, 960),
        WATERLINE - 120,
        150,
        blend(palette.roof, palette.middle, 0.4),
        high=1.1,
    )
    canvas.haze(330, WATERLINE, palette.sky_low, 150)
    stone = palette.stone
    canvas.polygon(
        [(-20, WATERLINE - 96), (600, WATERLINE - 136), (1220, WATERLINE - 96), (1220, WATERLINE), (-20, WATERLINE)],
        shade(stone, -0.08),
    )
    canvas.polygon(
        [
            (-20, WATERLINE - 106),
            (600, WATERLINE - 146),
            (1220, WATERLINE - 106),
            (1220, WATERLINE - 92),
            (600, WATERLINE - 132),
            (-20, WATERLINE - 92),
        ],
        shade(stone, 0.2),
    )
    for number in range(5):
        x = 30 + number * 236
        tall = 106 - abs(number - 2) * 9
        canvas.arch(x, WATERLINE - tall, 196, tall, blend(palette.far, palette.sky_low, 0.4))
        canvas.arch(x + 12, WATERLINE - tall + 15, 184, tall - 15, blend(palette.middle, palette.sky_low, 0.25))
    for x in (130, 366, 600, 836, 1070):
        canvas.box(x - 2.5, WATERLINE - 190, 5, 62, shade(palette.near, -0.4))
        canvas.disc(x, WATERLINE - 192, 15, palette.window if palette.is_night else shade(stone, 0.4))
    mirrored(canvas, palette)
    boat(canvas, palette, canvas.random.uniform(420, 780), 690, 380)
    birds(canvas, palette, 200, 150)


def bay(canvas: Canvas, palette: Palette) -> None:
    """Open water, a headland, sails."""
    sky(canvas, palette, horizon=WATERLINE - 40)
    hills(canvas, palette.far, 400, 120)
    canvas.haze(390, 520, palette.sky_low, 150)
    canvas.polygon(
        [(700, WATERLINE), (790, 440), (900, 400), (1040, 420), (1200, 350), (1200, WATERLINE)], palette.middle
    )
    canvas.polygon([(900, WATERLINE), (960, 470), (1200, 400), (1200, WATERLINE)], shade(palette.middle, -0.2))
    for number in range(16):
        x, y = 760 + number * 27, 520 - (number % 4) * 22
        canvas.box(x, y, 22, 30, shade(palette.stone, 0.2))
        canvas.polygon([(x - 3, y), (x + 11, y - 11), (x + 25, y)], palette.roof)
    canvas.box(0, WATERLINE - 10, 1200, 12, palette.near)
    for x, size in ((190, 120), (330, 80), (560, 60)):
        _sail(canvas, palette, x, WATERLINE + 2, size)
    mirrored(canvas, palette, strength=0.5)
    boat(canvas, palette, 520, 694, 420)
    birds(canvas, palette, 380, 210)


def _sail(canvas: Canvas, palette: Palette, x: float, base: float, size: float) -> None:
    canvas.polygon(
        [
            (x - size * 0.4, base - size * 0.12),
            (x + size * 0.46, base - size * 0.14),
            (x + size * 0.3, base),
            (x - size * 0.3, base),
        ],
        shade(palette.near, -0.3),
    )
    canvas.polygon(
        [(x, base - size * 1.2), (x, base - size * 0.18), (x + size * 0.5, base - size * 0.2)],
        shade(palette.stone, 0.4),
    )
    canvas.polygon(
        [
            (x - size * 0.04, base - size * 1.05),
            (x - size * 0.04, base - size * 0.18),
            (x - size * 0.38, base - size * 0.2),
        ],
        palette.accent,
    )


def mirrored(canvas: Canvas, palette: Palette, *, strength: float = 0.34) -> None:
    water = blend(palette.sky_middle, palette.near, 0.45)
    canvas.mirror(WATERLINE, water, strength)
    canvas.haze(WATERLINE, HEIGHT, shade(palette.near, -0.25), 120)
    for _ in range(60):
        y = canvas.random.uniform(WATERLINE + 12, HEIGHT)
        length = 14 + (y - WATERLINE) * canvas.random.uniform(0.1, 0.5)
        x = canvas.random.uniform(0, 1200)
        canvas.line([(x, y), (x + length, y)], shade(palette.sky_low, 0.3), 1.8, 70)
