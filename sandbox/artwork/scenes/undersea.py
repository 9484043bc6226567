"""Behind the glass of an aquarium."""

from math import cos, pi, sin

from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.palette import Colour, Palette, blend, shade


def aquarium(canvas: Canvas, palette: Palette) -> None:
    """Light from above, fish at every depth, a reef."""
    deep: Colour = (8, 44, 92)
    canvas.gradient(0, HEIGHT, (70, 190, 214), deep)
    for _ in range(7):
        x, wide = canvas.random.uniform(0, 1200), canvas.random.uniform(60, 150)
        canvas.polygon(
            [(x, -10), (x + wide * 0.4, -10), (x + wide * 1.5 - 120, 640), (x - 190, 640)], (214, 250, 255), 26
        )
    _ray(canvas, canvas.random.uniform(250, 520), 190)
    for depth in range(34):
        size = canvas.random.uniform(10, 20) if depth < 24 else canvas.random.uniform(30, 54)
        fill = (
            blend(deep, (120, 200, 220), 0.4)
            if depth < 24
            else canvas.random.choice(((250, 156, 70), (252, 208, 84), (238, 96, 94), palette.accent))
        )
        _fish(canvas, canvas.random.uniform(60, 1140), canvas.random.uniform(120, 620), size, fill)
    for _ in range(5):
        _jelly(canvas, canvas.random.uniform(80, 1120), canvas.random.uniform(90, 380), canvas.random.uniform(34, 62))
    _reef(canvas)
    for _ in range(30):
        x, y, size = canvas.random.uniform(0, 1200), canvas.random.uniform(60, 700), canvas.random.uniform(4, 12)
        canvas.disc(x, y, size, (232, 252, 255), 90)


def _reef(canvas: Canvas) -> None:
    """Weeds that sway and corals that branch."""
    canvas.polygon(
        [
            (0, 700),
            (160, 650),
            (340, 690),
            (560, 664),
            (800, 704),
            (1020, 650),
            (1200, 690),
            (1200, HEIGHT),
            (0, HEIGHT),
        ],
        (24, 40, 76),
    )
    for _ in range(44):
        x, base = canvas.random.uniform(0, 1200), canvas.random.uniform(700, 790)
        fill = canvas.random.choice(((226, 92, 112), (240, 146, 86), (126, 92, 190), (62, 158, 142), (238, 190, 96)))
        if canvas.random.random() < 0.5:
            sway, tall = canvas.random.uniform(-16, 16), canvas.random.uniform(70, 170)
            canvas.line(
                [(x + sway * sin(step / 2), base - tall * step / 8) for step in range(9)], shade(fill, -0.25), 8
            )
        else:
            for branch in range(5):
                angle = pi * (0.2 + branch * 0.15)
                canvas.line([(x, base), (x + 50 * cos(angle), base - 62 * sin(angle))], fill, 9)
                canvas.disc(x + 50 * cos(angle), base - 62 * sin(angle), 17, shade(fill, 0.2))


def _fish(canvas: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    way = canvas.random.choice((-1, 1))
    canvas.polygon(
        [
            (x - way * size * 0.7, y),
            (x - way * size * 1.6, y - size * 0.6),
            (x - way * size * 1.4, y),
            (x - way * size * 1.6, y + size * 0.6),
        ],
        shade(fill, -0.2),
    )
    canvas.polygon(
        [(x - size * 0.3, y - size * 0.4), (x - way * size * 0.4, y - size * 0.9), (x + size * 0.3, y - size * 0.4)],
        shade(fill, -0.15),
    )
    canvas.disc(x, y, size * 2, fill, high=size * 1.1)
    canvas.disc(x, y - size * 0.12, size * 1.5, shade(fill, 0.25), 110, high=size * 0.5)
    if size > 25:
        for band in (-0.2, 0.3):
            canvas.line(
                [(x + way * size * band, y - size * 0.5), (x + way * size * band, y + size * 0.5)],
                (252, 250, 244),
                size * 0.14,
                220,
            )
        canvas.disc(x + way * size * 0.66, y - size * 0.1, size * 0.26, (255, 255, 255))
        canvas.disc(x + way * size * 0.7, y - size * 0.1, size * 0.14, (20, 24, 40))


def _ray(canvas: Canvas, x: float, y: float) -> None:
    fill = (28, 88, 132)
    canvas.polygon(
        [
            (x - 190, y + 12),
            (x - 60, y - 46),
            (x + 30, y - 58),
            (x + 96, y - 30),
            (x + 220, y + 40),
            (x + 70, y + 34),
            (x - 20, y + 54),
        ],
        fill,
    )
    canvas.polygon([(x - 60, y - 46), (x + 30, y - 58), (x + 96, y - 30), (x + 10, y)], shade(fill, 0.14))
    canvas.line([(x - 20, y + 50), (x - 110, y + 120), (x - 170, y + 128)], fill, 6)


def _jelly(canvas: Canvas, x: float, y: float, size: float) -> None:
    for arm in range(6):
        start = x - size * 0.36 + arm * size * 0.145
        canvas.line(
            [(start + 6 * sin(step + arm), y + size * 0.26 * step) for step in range(7)], (250, 214, 236), 2.4, 150
        )
    canvas.slice(x, y, size, (240, 186, 222), high=size * 1.1)
    canvas.slice(x, y, size * 0.6, (252, 226, 242), (180, 290), high=size * 0.9)
