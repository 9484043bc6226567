"""What is behind every scene: sky, sun or moon, clouds, hills, a far town. Palette -> Canvas"""

from math import pi, sin

from sandbox.artwork.canvas import HEIGHT, WIDTH, Canvas
from sandbox.artwork.palette import Colour, Palette, blend, shade

HORIZON = 560


def sky(canvas: Canvas, palette: Palette, *, horizon: float = HORIZON) -> None:
    canvas.gradient(0, horizon * 0.55, palette.sky_top, palette.sky_middle)
    canvas.gradient(horizon * 0.55, horizon + 20, palette.sky_middle, palette.sky_low)
    canvas.gradient(horizon, HEIGHT, palette.sky_low, palette.ground)
    if palette.is_night:
        _stars(canvas, horizon)
    _sun(canvas, palette, horizon)
    for _ in range(canvas.random.randint(2, 4)):
        _cloud(canvas, palette, horizon)


def hills(canvas: Canvas, fill: Colour, top: float, height: float) -> None:
    """A soft ridge over the full width."""
    first, second = canvas.random.uniform(0, 6), canvas.random.uniform(0, 6)
    ridge = [
        (x, top + height * (0.5 + 0.35 * sin(x / 260 + first) + 0.15 * sin(x / 90 + second)))
        for x in range(0, WIDTH + 20, 20)
    ]
    canvas.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], fill)


def far_town(canvas: Canvas, fill: Colour, base: float, *, tallest: float = 110) -> None:
    """Roofs, a few steeples and a dome in one flat colour."""
    x = -20.0
    random = canvas.random
    while x < WIDTH:
        width, height = random.uniform(26, 74), random.uniform(0.35, 0.8) * tallest
        canvas.box(x, base - height, width, height + 60, fill)
        chance = random.random()
        if chance < 0.45:
            canvas.polygon(
                [(x, base - height), (x + width / 2, base - height - width * 0.4), (x + width, base - height)], fill
            )
        elif chance < 0.55:
            spire = x + width / 2
            canvas.polygon(
                [(spire - 9, base - height), (spire, base - tallest * 1.5), (spire + 9, base - height)], fill
            )
        elif chance < 0.62:
            canvas.disc(x + width / 2, base - height, width * 0.9, fill)
            canvas.box(x + width / 2 - 2, base - height - width * 0.75, 4, width * 0.4, fill)
        x += width + random.uniform(-6, 10)


def ground(canvas: Canvas, palette: Palette, top: float) -> None:
    canvas.gradient(top, HEIGHT, blend(palette.ground, palette.sky_low, 0.25), shade(palette.ground, -0.28))


def _sun(canvas: Canvas, palette: Palette, horizon: float) -> None:
    x, y = canvas.random.uniform(160, WIDTH - 160), canvas.random.uniform(90, horizon * 0.5)
    if palette.is_night:
        canvas.glow(x, y, 420, palette.sun, 0.35)
        canvas.disc(x, y, 74, palette.sun)
        for dx, dy, size in ((-14, -10, 20), (12, 6, 14), (-4, 18, 10), (18, -16, 8)):
            canvas.disc(x + dx, y + dy, size, shade(palette.sun, -0.12), 130)
        return
    canvas.glow(x, y, 900, palette.sun, 0.55)
    canvas.glow(x, y, 300, palette.sun, 0.7)
    canvas.disc(x, y, 92, shade(palette.sun, 0.5))


def _stars(canvas: Canvas, horizon: float) -> None:
    for _ in range(90):
        size = canvas.random.choice((1.4, 1.8, 2.6))
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, horizon * 0.75)
        canvas.disc(x, y, size, (255, 255, 246), round(220 * (1 - y / horizon)))


def _cloud(canvas: Canvas, palette: Palette, horizon: float) -> None:
    x, y = canvas.random.uniform(-60, WIDTH), canvas.random.uniform(60, horizon * 0.55)
    length, tone = (
        canvas.random.uniform(160, 330),
        blend(palette.sun, palette.sky_middle, 0.55 if palette.is_night else 0.2),
    )
    alpha = 70 if palette.is_night else 150
    for step in range(9):
        part = step / 8
        size = (0.35 + 0.65 * sin(part * pi)) * length * canvas.random.uniform(0.2, 0.3)
        canvas.disc(x + part * length, y - size * 0.22, size * 1.3, tone, alpha // 3, high=size * 0.75)
    canvas.disc(x + length / 2, y, length * 1.15, tone, alpha // 2, high=length * 0.09)
