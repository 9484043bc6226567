"""Streets of old fronts."""

from sandbox.artwork.backdrop import far_town, sky
from sandbox.artwork.canvas import HEIGHT, Canvas
from sandbox.artwork.details import FLAG_COLOURS, body, lamp, people, window_rows
from sandbox.artwork.palette import Palette, blend, shade

FLOOR = 640


def district(canvas: Canvas, palette: Palette) -> None:
    """A street of old fronts that lean on each other."""
    sky(canvas, palette)
    far_town(canvas, palette.far, 470, tallest=150)
    canvas.haze(300, 560, palette.sky_low, 140)
    house_row(canvas, palette, FLOOR)
    canvas.gradient(FLOOR, HEIGHT, shade(palette.ground, -0.08), shade(palette.ground, -0.4))
    for row in range(9):
        y = FLOOR + 6 + row * row * 2.1
        for stone in range(-1, 26):
            x = stone * 50 + (row % 2) * 25
            canvas.disc(x, y, 44, shade(palette.ground, 0.12 - row * 0.035), 110, high=5 + row * 1.9)
    for x in (190, 600, 1010):
        lamp(canvas, palette, x, FLOOR + 56, 150)
    for x in (90, 400, 800, 1110):
        canvas.box(x - 30, FLOOR + 22, 60, 4, shade(palette.near, -0.4))
        canvas.polygon(
            [(x - 46, FLOOR - 30), (x, FLOOR - 58), (x + 46, FLOOR - 30)], canvas.random.choice(FLAG_COLOURS)
        )
        canvas.box(x - 1.5, FLOOR - 32, 3, 56, shade(palette.near, -0.4))
    people(canvas, palette, FLOOR + 66, 12)


def house_row(canvas: Canvas, palette: Palette, base: float) -> None:
    """Narrow houses with gables of every shape."""
    x = -30.0
    random = canvas.random
    walls = (
        palette.stone,
        shade(palette.roof, 0.12),
        blend(palette.accent, palette.stone, 0.35),
        blend(palette.middle, palette.stone, 0.4),
        shade(palette.stone, -0.25),
        blend(palette.roof, palette.near, 0.35),
    )
    while x < 1210:
        width, height = random.uniform(84, 128), random.uniform(210, 300)
        wall = random.choice(walls)
        top = base - height
        gable = random.choice(("step", "point", "bell", "flat"))
        body(canvas, x, top, width, height, wall)
        middle = x + width / 2
        if gable == "step":
            for step in range(4):
                canvas.box(x + step * width / 8, top - step * 15 - 14, width - step * width / 4, 16, wall)
        elif gable == "point":
            canvas.polygon([(x - 4, top + 2), (middle, top - width * 0.62), (x + width + 4, top + 2)], palette.roof)
            canvas.polygon([(x + 9, top + 3), (middle, top - width * 0.45), (x + width - 9, top + 3)], wall)
        elif gable == "bell":
            canvas.disc(middle, top, width * 0.76, wall, high=width * 0.95)
            canvas.box(middle - width * 0.14, top - width * 0.58, width * 0.28, 16, shade(wall, 0.3))
        else:
            canvas.polygon([(x, top), (x + 10, top - 34), (x + width - 10, top - 34), (x + width, top)], palette.roof)
            canvas.box(x - 3, top - 2, width + 6, 8, shade(wall, 0.3))
        window_rows(canvas, palette, (x + 8, top + 16, width - 16, height - 92), rows=random.choice((3, 4)), columns=3)
        canvas.box(x + 8, base - 62, width - 16, 62, shade(wall, -0.4))
        canvas.box(x + 15, base - 54, width * 0.42, 44, palette.window)
        canvas.box(x + width * 0.66, base - 54, width * 0.2, 54, shade(wall, -0.65))
        x += width + 1
