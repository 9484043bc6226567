"""A plain with giraffes and elephants."""

from math import sin

from sandbox.artwork.backdrop import ground, hills, sky
from sandbox.artwork.canvas import HEIGHT, WIDTH, Canvas
from sandbox.artwork.details import birds
from sandbox.artwork.palette import Palette, blend, shade


def zoo(canvas: Canvas, palette: Palette) -> None:
    """A plain with acacias, giraffes and elephants."""
    sky(canvas, palette)
    hills(canvas, palette.far, 420, 100)
    canvas.haze(410, 560, palette.sky_low, 130)
    hills(canvas, blend(palette.green, palette.far, 0.5), 520, 60)
    ground(canvas, palette, 600)
    hills(canvas, blend(palette.ground, palette.green, 0.35), 596, 50)
    for left, base, size in ((180, 610, 1.0), (1000, 622, 1.25)):
        _acacia(canvas, palette, left, base, size)
    _giraffe(canvas, 420, 690, 1.15, way=1)
    _giraffe(canvas, 300, 676, 0.8, way=1)
    _elephant(canvas, palette, 760, 700, 1.15)
    _elephant(canvas, palette, 905, 706, 0.62)
    for _ in range(5):
        _flamingo(canvas, canvas.random.uniform(520, 660), canvas.random.uniform(716, 756))
    for _ in range(60):
        x = canvas.random.uniform(0, WIDTH)
        canvas.line(
            [(x, HEIGHT + 4), (x + canvas.random.uniform(-22, 22), HEIGHT - canvas.random.uniform(20, 74))],
            shade(palette.green, canvas.random.uniform(-0.35, 0.1)),
            4,
        )
    birds(canvas, palette, 560, 170)


def _acacia(canvas: Canvas, palette: Palette, x: float, base: float, size: float) -> None:
    bark = shade(palette.near, -0.4)
    for reach in (-84, -26, 40, 90):
        canvas.line(
            [(x, base), (x + reach * 0.25 * size, base - 90 * size), (x + reach * size, base - 170 * size)],
            bark,
            8 * size,
        )
    for dx, dy, wide in ((-80, 172, 130), (0, 192, 190), (86, 176, 140), (20, 160, 200)):
        canvas.disc(x + dx * size, base - dy * size, wide * size, shade(palette.green, -0.18), high=44 * size)
    for dx, dy, wide in ((-50, 190, 100), (40, 202, 110)):
        canvas.disc(x + dx * size, base - dy * size, wide * size, shade(palette.green, 0.1), 200, high=22 * size)


def _giraffe(canvas: Canvas, x: float, base: float, size: float, *, way: int) -> None:
    coat, spot = (232, 180, 96), (150, 92, 50)
    for leg in (-42, -26, 26, 42):
        canvas.polygon(
            [
                (x + leg * size - 6 * size, base - 110 * size),
                (x + leg * size + 6 * size, base - 110 * size),
                (x + leg * size + 4 * size, base),
                (x + leg * size - 4 * size, base),
            ],
            shade(coat, -0.12),
        )
    canvas.disc(x, base - 128 * size, 128 * size, coat, high=66 * size)
    canvas.polygon(
        [
            (x + way * 26 * size, base - 128 * size),
            (x + way * 60 * size, base - 142 * size),
            (x + way * 96 * size, base - 300 * size),
            (x + way * 76 * size, base - 306 * size),
        ],
        coat,
    )
    canvas.polygon(
        [
            (x + way * 70 * size, base - 300 * size),
            (x + way * 90 * size, base - 326 * size),
            (x + way * 146 * size, base - 300 * size),
            (x + way * 140 * size, base - 286 * size),
        ],
        coat,
    )
    for horn in (80, 92):
        canvas.line(
            [(x + way * horn * size, base - 320 * size), (x + way * (horn - 4) * size, base - 344 * size)],
            spot,
            4 * size,
        )
    _spots(canvas, x, base, size, way)


def _spots(canvas: Canvas, x: float, base: float, size: float, way: int) -> None:
    spot = (150, 92, 50)
    for _ in range(20):
        part = canvas.random.random()
        if part < 0.6:
            canvas.disc(
                x + canvas.random.uniform(-50, 50) * size,
                base - canvas.random.uniform(108, 150) * size,
                17 * size,
                spot,
                220,
            )
        else:
            along = canvas.random.random()
            canvas.disc(x + way * (44 + along * 42) * size, base - (146 + along * 144) * size, 12 * size, spot, 220)


def _elephant(canvas: Canvas, palette: Palette, x: float, base: float, size: float) -> None:
    skin = blend((142, 146, 158), palette.near, 0.2)
    for leg in (-62, -30, 34, 66):
        canvas.box(x + leg * size - 15 * size, base - 84 * size, 30 * size, 84 * size, shade(skin, -0.16))
    canvas.disc(x, base - 118 * size, 220 * size, skin, high=142 * size)
    canvas.disc(x - 108 * size, base - 138 * size, 104 * size, shade(skin, 0.06))
    canvas.disc(x - 72 * size, base - 138 * size, 74 * size, shade(skin, -0.2), high=98 * size)
    trunk = [(x - (146 + 10 * sin(step / 3)) * size, base - (130 - step * 13) * size) for step in range(9)]
    canvas.line(trunk, shade(skin, 0.02), 25 * size)
    canvas.line([(x - 132 * size, base - 106 * size), (x - 172 * size, base - 88 * size)], (250, 246, 230), 8 * size)
    canvas.disc(x - 128 * size, base - 152 * size, 9 * size, (24, 24, 34))


def _flamingo(canvas: Canvas, x: float, base: float) -> None:
    pink = (244, 142, 150)
    canvas.line([(x, base), (x, base - 36)], shade(pink, -0.3), 2.4)
    canvas.disc(x, base - 44, 34, pink, high=22)
    canvas.line([(x + 13, base - 46), (x + 23, base - 62), (x + 13, base - 76), (x + 20, base - 84)], pink, 5)
    canvas.disc(x + 22, base - 84, 10, pink)
