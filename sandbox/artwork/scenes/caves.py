"""A gallery underground."""

from math import pi, sin

from sandbox.artwork.canvas import HEIGHT, WIDTH, Canvas
from sandbox.artwork.palette import Colour, Palette, blend, shade


def cave(canvas: Canvas, palette: Palette) -> None:
    """A gallery underground, lit from its far end, with somebody holding a lantern."""
    rock: Colour = blend((58, 48, 62), palette.near, 0.25)
    light: Colour = (255, 206, 128)
    canvas.gradient(0, HEIGHT, shade(rock, -0.35), shade(rock, -0.1))
    for ring in range(9):
        share = ring / 8
        canvas.arch(
            110 + share * 300,
            70 + share * 210,
            980 - share * 600,
            640 - share * 290,
            blend(shade(rock, -0.3), light, share**2 * 0.75),
        )
    canvas.glow(600, 450, 760, light, 0.75)
    canvas.polygon([(0, HEIGHT), (0, 700), (420, 578), (780, 578), (1200, 700), (1200, HEIGHT)], shade(rock, 0.06))
    canvas.polygon([(430, 580), (770, 580), (940, HEIGHT), (260, HEIGHT)], blend(rock, light, 0.28))
    _dripstone(canvas, rock, light)
    canvas.glow(604, 656, 240, light, 0.9)
    for x, size in ((560, 1.0), (632, 0.86)):
        coat = shade(rock, -0.7)
        canvas.polygon([(x - 17 * size, 690), (x - 13 * size, 606), (x + 13 * size, 606), (x + 17 * size, 690)], coat)
        canvas.disc(x, 592 - 2 / size, 26 * size, coat)
    canvas.line([(572, 626), (600, 640)], shade(rock, -0.7), 6)
    canvas.disc(604, 656, 17, (255, 244, 206))
    for spark in range(40):
        angle = spark * pi / 20
        canvas.disc(
            600 + canvas.random.uniform(-420, 420) * sin(angle),
            canvas.random.uniform(180, 640),
            canvas.random.uniform(1.5, 3.5),
            light,
            110,
        )


def _dripstone(canvas: Canvas, rock: Colour, light: Colour) -> None:
    for _ in range(30):
        x = canvas.random.uniform(0, WIDTH)
        reach = 60 + abs(x - 600) * 0.34 + canvas.random.uniform(0, 90)
        wide = canvas.random.uniform(14, 40)
        canvas.polygon(
            [(x - wide, -5), (x + wide, -5), (x + canvas.random.uniform(-6, 6), reach)],
            shade(rock, canvas.random.uniform(-0.5, -0.1)),
        )
    for _ in range(18):
        x = canvas.random.choice((canvas.random.uniform(0, 330), canvas.random.uniform(870, WIDTH)))
        tall, wide = canvas.random.uniform(50, 190), canvas.random.uniform(18, 40)
        base = 700 + canvas.random.uniform(0, 110)
        canvas.polygon([(x - wide, base), (x + wide, base), (x, base - tall)], shade(rock, -0.3))
        canvas.polygon([(x - wide, base), (x - wide * 0.2, base), (x, base - tall)], blend(rock, light, 0.2))
