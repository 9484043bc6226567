"""Things that many scenes have: trees, windows, people, lamps, boats, roofs. Canvas + place on it -> shapes"""

from math import cos, pi, sin

from sandbox.artwork.canvas import Canvas
from sandbox.artwork.palette import Colour, Palette, blend, shade

FLAG_COLOURS: tuple[Colour, ...] = ((226, 92, 70), (244, 186, 74), (62, 142, 140), (86, 94, 158))


def tree(canvas: Canvas, palette: Palette, x: float, base: float, height: float) -> None:
    """A round crown of a few leaves' breadth, lit from the left."""
    trunk = shade(palette.near, -0.45)
    canvas.box(x - height * 0.035, base - height * 0.45, height * 0.07, height * 0.45, trunk)
    leaf = blend(palette.green, palette.near, canvas.random.uniform(0, 0.3))
    for dx, dy, size in ((0.2, 0.5, 0.5), (-0.2, 0.52, 0.52), (0.05, 0.72, 0.56), (-0.08, 0.6, 0.5)):
        canvas.disc(x + dx * height, base - dy * height, size * height, shade(leaf, -0.18))
    for dx, dy, size in ((-0.22, 0.58, 0.34), (-0.06, 0.78, 0.36), (0.12, 0.6, 0.28)):
        canvas.disc(x + dx * height, base - dy * height, size * height, shade(leaf, 0.1), 200)


def cypress(canvas: Canvas, palette: Palette, x: float, base: float, height: float) -> None:
    leaf = shade(palette.green, -0.25)
    canvas.disc(x, base - height * 0.5, height * 0.24, leaf, high=height)
    canvas.disc(x - height * 0.03, base - height * 0.52, height * 0.1, shade(leaf, 0.16), 170, high=height * 0.8)


def topiary(canvas: Canvas, palette: Palette, x: float, base: float, height: float) -> None:
    """A cone of box, as in formal gardens."""
    canvas.polygon(
        [(x - height * 0.24, base), (x, base - height), (x + height * 0.24, base)], shade(palette.green, -0.12)
    )
    canvas.polygon(
        [(x - height * 0.24, base), (x, base - height), (x - height * 0.02, base)], shade(palette.green, 0.12)
    )


def window_rows(
    canvas: Canvas,
    palette: Palette,
    area: tuple[float, float, float, float],
    *,
    rows: int,
    columns: int,
    arched: bool = False,
) -> None:
    """Windows spread evenly over x, y, width, height; some of them lit when it is dark."""
    x, y, width, height = area
    step_x, step_y = width / columns, height / rows
    for row in range(rows):
        for column in range(columns):
            glass = palette.window
            if palette.is_night and canvas.random.random() < 0.35:
                glass = shade(palette.stone, -0.45)
            left, top = x + step_x * (column + 0.28), y + step_y * (row + 0.22)
            shape = canvas.arch if arched else canvas.box
            shape(left - 1.5, top - 1.5, step_x * 0.44 + 3, step_y * 0.56 + 3, shade(palette.stone, 0.3), 170)
            shape(left, top, step_x * 0.44, step_y * 0.56, glass)


def people(
    canvas: Canvas, palette: Palette, base: float, count: int, *, left: float = 120, right: float = 1080
) -> None:
    """Small figures for scale."""
    for _ in range(count):
        x, y = canvas.random.uniform(left, right), base + canvas.random.uniform(0, 26)
        height = 32 + (y - base) * 0.5
        coat = canvas.random.choice((palette.accent, palette.near, palette.roof, shade(palette.near, -0.3)))
        canvas.disc(x + 2, y, height * 0.6, shade(palette.ground, -0.5), 80, high=5)
        canvas.polygon(
            [
                (x - height * 0.17, y),
                (x - height * 0.13, y - height * 0.74),
                (x + height * 0.13, y - height * 0.74),
                (x + height * 0.17, y),
            ],
            coat,
        )
        canvas.disc(x, y - height * 0.86, height * 0.26, shade(palette.stone, -0.12))


def lamp(canvas: Canvas, palette: Palette, x: float, base: float, height: float) -> None:
    iron = shade(palette.near, -0.55)
    canvas.box(x - 2, base - height, 4, height, iron)
    canvas.box(x - 6, base - 6, 12, 6, iron)
    if palette.is_night:
        canvas.glow(x, base - height, 150, palette.window, 0.75)
    canvas.polygon(
        [(x - 8, base - height), (x - 5, base - height - 18), (x + 5, base - height - 18), (x + 8, base - height)],
        palette.window if palette.is_night else shade(palette.sky_low, 0.2),
    )
    canvas.polygon([(x - 8, base - height - 18), (x, base - height - 28), (x + 8, base - height - 18)], iron)


def flag(canvas: Canvas, x: float, top: float, fill: Colour, size: float = 26) -> None:
    canvas.box(x - 1.2, top, 2.4, size * 2.2, shade(fill, -0.6))
    canvas.polygon(
        [
            (x, top),
            (x + size * 1.5, top + size * 0.28),
            (x + size * 1.1, top + size * 0.5),
            (x + size * 1.5, top + size * 0.8),
            (x, top + size * 0.8),
        ],
        fill,
    )


def dome(canvas: Canvas, x: float, base: float, across: float, fill: Colour, *, high: float = 1.0) -> None:
    """Half an egg with ribs, a lantern and a cross-bar of light."""
    canvas.slice(x, base, across, fill, high=across * high)
    canvas.slice(x, base, across * 0.62, shade(fill, 0.14), (180, 270), high=across * high * 0.98)
    for turn in (-0.32, 0, 0.32):
        rib = [
            (x + across * turn * cos(step * pi / 16), base - across * high / 2 * sin(step * pi / 16))
            for step in range(9)
        ]
        canvas.line(rib, shade(fill, -0.2), 1.6)
    top = base - across * high / 2
    canvas.box(x - across * 0.055, top - across * 0.12, across * 0.11, across * 0.14, shade(fill, 0.3))
    canvas.disc(x, top - across * 0.12, across * 0.12, fill)
    canvas.box(x - 1.3, top - across * 0.3, 2.6, across * 0.16, shade(fill, -0.3))


def spire(canvas: Canvas, x: float, base: float, width: float, height: float, fill: Colour) -> None:
    canvas.polygon([(x - width / 2, base), (x, base - height), (x + width / 2, base)], fill)
    canvas.polygon([(x, base), (x, base - height), (x + width / 2, base)], shade(fill, -0.22))


def pediment(canvas: Canvas, x: float, base: float, width: float, height: float, fill: Colour) -> None:
    canvas.polygon([(x - width / 2, base), (x, base - height), (x + width / 2, base)], shade(fill, -0.1))
    canvas.polygon(
        [(x - width / 2 + 26, base - 7), (x, base - height + 11), (x + width / 2 - 26, base - 7)], shade(fill, 0.12)
    )


def columns(canvas: Canvas, area: tuple[float, float, float, float], count: int, fill: Colour) -> None:
    """A colonnade over x, y, width, height, with the hall behind it in shadow."""
    x, y, width, height = area
    canvas.box(x, y, width, height, shade(fill, -0.5))
    step = width / count
    thick = step * 0.42
    for number in range(count):
        left = x + step * (number + 0.5) - thick / 2
        canvas.box(left, y, thick, height, fill)
        canvas.box(left + thick * 0.62, y, thick * 0.38, height, shade(fill, -0.22))
        canvas.box(left - thick * 0.16, y, thick * 1.32, 9, shade(fill, 0.12))
        canvas.box(left - thick * 0.16, y + height - 10, thick * 1.32, 10, shade(fill, -0.05))


def body(canvas: Canvas, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    """A wall with its right side in shade and a line of light along the top."""
    canvas.box(x, y, width, height, fill)
    canvas.box(x + width * 0.72, y, width * 0.28, height, shade(fill, -0.3), 90)
    canvas.box(x, y, width, 5, shade(fill, 0.35))


def battlements(canvas: Canvas, x: float, y: float, width: float, fill: Colour, *, tooth: float = 13) -> None:
    count = max(2, round(width / tooth / 2))
    step = width / (count * 2 - 1)
    for number in range(count):
        canvas.box(x + number * step * 2, y - tooth, step, tooth + 1, fill)


def boat(canvas: Canvas, palette: Palette, x: float, waterline: float, length: float) -> None:
    """A low tour boat with a glass saloon."""
    hull = shade(palette.near, -0.4)
    canvas.polygon(
        [
            (x - length / 2, waterline - 20),
            (x + length / 2, waterline - 24),
            (x + length / 2 - 26, waterline + 6),
            (x - length / 2 + 20, waterline + 6),
        ],
        hull,
    )
    canvas.polygon(
        [
            (x - length / 2 + 3, waterline - 19),
            (x + length / 2 - 2, waterline - 23),
            (x + length / 2 - 6, waterline - 17),
            (x - length / 2 + 6, waterline - 13),
        ],
        palette.accent,
    )
    canvas.polygon(
        [
            (x - length * 0.36, waterline - 20),
            (x - length * 0.32, waterline - 52),
            (x + length * 0.26, waterline - 54),
            (x + length * 0.34, waterline - 22),
        ],
        shade(palette.stone, 0.3),
    )
    for number in range(6):
        canvas.box(x - length * 0.3 + number * length * 0.098, waterline - 46, length * 0.076, 20, palette.window)
    flag(canvas, x + length * 0.45, waterline - 58, palette.accent, 14)


def birds(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    for _ in range(canvas.random.randint(3, 6)):
        dx, dy, size = canvas.random.uniform(0, 170), canvas.random.uniform(0, 70), canvas.random.uniform(6, 11)
        wing = [(x + dx - size, y + dy - size * 0.5), (x + dx, y + dy), (x + dx + size, y + dy - size * 0.6)]
        canvas.line(wing, shade(palette.near, -0.3), 1.8, 200)
