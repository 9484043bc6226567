"""Peaks, forest and a cabin on its rope."""

from sandbox.artwork.backdrop import hills, sky
from sandbox.artwork.canvas import Canvas
from sandbox.artwork.palette import Palette, blend, shade


def cable_car(canvas: Canvas, palette: Palette) -> None:
    """Peaks, forest, a cabin on its rope."""
    sky(canvas, palette)
    for left, peak, fill, snow in (
        (-120, 150, palette.far, 0.75),
        (340, 100, palette.middle, 0.8),
        (760, 190, palette.far, 0.75),
    ):
        _peak(canvas, palette, left, peak, fill, snow)
    canvas.haze(420, 640, palette.sky_low, 150)
    hills(canvas, palette.near, 560, 90)
    hills(canvas, shade(palette.green, -0.2), 640, 70)
    for _ in range(46):
        x, y = canvas.random.uniform(-10, 1210), canvas.random.uniform(660, 810)
        height = 46 + (y - 640) * 0.55
        for layer in range(3):
            wide = height * (0.42 - layer * 0.1)
            top = y - height * (0.5 + layer * 0.25)
            canvas.polygon(
                [(x - wide / 2, y - height * layer * 0.25), (x, top), (x + wide / 2, y - height * layer * 0.25)],
                shade(palette.green, -0.42 + layer * 0.1),
            )
    rope = shade(palette.near, -0.6)
    canvas.line([(-10, 500), (420, 330), (1210, 60)], rope, 4)
    canvas.line([(-10, 520), (420, 350), (1210, 80)], rope, 2)
    x, y = canvas.random.uniform(470, 640), 0.0
    y = 330 - (x - 420) * 270 / 790
    canvas.line([(x, y), (x, y + 54)], rope, 6)
    canvas.box(x - 70, y + 54, 140, 94, palette.accent)
    canvas.box(x - 70, y + 126, 140, 22, shade(palette.accent, -0.3))
    for window in range(3):
        canvas.box(x - 60 + window * 42, y + 66, 36, 44, shade(palette.window, 0.25))
    canvas.box(x - 78, y + 48, 156, 9, shade(palette.accent, 0.3))


def _peak(canvas: Canvas, palette: Palette, left: float, top: float, fill: tuple[int, int, int], snow: float) -> None:
    width = canvas.random.uniform(560, 660)
    peak = left + width * 0.5
    canvas.polygon([(left, 660), (peak, top), (left + width, 660)], fill)
    canvas.polygon(
        [(peak, top), (left + width, 660), (peak + width * 0.08, 660), (peak - 24, top + 190)], shade(fill, -0.24)
    )
    cap = [
        (peak, top),
        (peak + 92, top + 148),
        (peak + 50, top + 122),
        (peak + 22, top + 168),
        (peak - 18, top + 118),
        (peak - 52, top + 156),
        (peak - 84, top + 132),
    ]
    canvas.polygon(cap, blend(fill, (255, 255, 255), snow))
    canvas.polygon(
        [(peak, top), (peak + 92, top + 148), (peak + 50, top + 122), (peak + 22, top + 168), (peak + 2, top + 120)],
        blend(fill, palette.sky_middle, snow * 0.6),
    )
