"""Rooms: a picture gallery, the nave of a church."""

from sandbox.artwork.canvas import HEIGHT, WIDTH, Canvas
from sandbox.artwork.details import FLAG_COLOURS
from sandbox.artwork.palette import Colour, Palette, blend, shade

# The far wall of a room as left, top, right, bottom; the lines of the room run from the corners of the picture to it.
FAR = (360, 230, 840, 560)
EVENING: Colour = (255, 214, 150)


def picture_gallery(canvas: Canvas, palette: Palette) -> None:
    """Paintings under a skylight, a bench, somebody who stays."""
    wall = blend(canvas.random.choice((palette.roof, palette.near, palette.middle, palette.green)), palette.stone, 0.2)
    _room(canvas, palette, wall)
    left, top, right, bottom = FAR
    for x, wide, high in ((420, 120, 150), (575, 84, 104), (694, 110, 140)):
        _painting(canvas, palette, [(x, 320), (x + wide, 320), (x + wide, 320 + high), (x, 320 + high)])
    for near, far in ((60, 170), (215, 290)):
        for side in (0, 1):
            upper = [(x, 330 - (left - x) * 0.42) for x in (near, far)]
            lower = [(x, 500 + (left - x) * 0.36) for x in (near, far)]
            corners = [upper[0], upper[1], lower[1], lower[0]]
            _painting(canvas, palette, [(WIDTH - x, y) if side else (x, y) for x, y in corners])
    canvas.polygon([(470, 640), (730, 640), (760, 664), (440, 664)], shade(palette.accent, -0.1))
    canvas.box(440, 664, 320, 20, shade(palette.accent, -0.4))
    for x in (462, 728):
        canvas.box(x, 684, 12, 34, shade(palette.near, -0.5))
    _visitor(canvas, palette, 300, 740, 1.3)
    _visitor(canvas, palette, 905, 700, 1.05)
    canvas.polygon([(left + 90, top), (right - 90, top), (900, 0), (300, 0)], (255, 255, 250), 34)
    canvas.polygon([(left + 60, bottom), (right - 60, bottom), (980, HEIGHT), (220, HEIGHT)], (255, 252, 240), 30)


def nave(canvas: Canvas, palette: Palette) -> None:
    """Columns in rows, a coloured window at the end, light across the floor."""
    stone = shade(palette.stone, -0.18)
    canvas.gradient(0, HEIGHT, shade(stone, -0.5), shade(stone, -0.2))
    canvas.polygon([(0, HEIGHT), (430, 590), (770, 590), (WIDTH, HEIGHT)], shade(stone, 0.05))
    for row in range(7):
        y, half = 600 + row * row * 5.5, 170 + row * 70
        canvas.line([(600 - half, y), (600 + half, y)], shade(stone, -0.3), 2, 120)
    canvas.arch(430, 130, 340, 470, shade(stone, -0.15))
    canvas.arch(490, 190, 220, 370, EVENING)
    for row in range(7):
        for column in range(5):
            glass = canvas.random.choice((*FLAG_COLOURS, palette.accent, palette.sky_top, palette.window))
            if row or column in {1, 2, 3}:
                canvas.box(499 + column * 41, 206 + row * 50, 37, 46, glass, 225)
    for column in range(1, 5):
        canvas.box(495 + column * 41, 200, 5, 360, shade(stone, -0.5))
    canvas.glow(600, 390, 760, EVENING, 0.5)
    for bay in range(4):
        for side in (-1, 1):
            _pillar(canvas, palette, bay, side)
    canvas.polygon([(520, 590), (680, 590), (860, HEIGHT), (340, HEIGHT)], EVENING, 46)
    for row in range(4):
        for side in (-1, 1):
            x, y, wide = 600 + side * (190 + row * 62), 640 + row * 42, 120 + row * 40
            canvas.box(x - wide / 2, y, wide, 20 + row * 5, shade(palette.roof, -0.45))
            canvas.box(x - wide / 2, y - 5, wide, 6, shade(palette.roof, -0.2))
    _visitor(canvas, palette, 575, 716, 0.95)
    _visitor(canvas, palette, 628, 706, 0.86)


def _room(canvas: Canvas, palette: Palette, wall: Colour) -> None:
    left, top, right, bottom = FAR
    canvas.box(0, 0, WIDTH, HEIGHT, wall)
    canvas.polygon([(0, 0), (left, top), (left, bottom), (0, HEIGHT)], shade(wall, -0.2))
    canvas.polygon([(WIDTH, 0), (right, top), (right, bottom), (WIDTH, HEIGHT)], shade(wall, -0.28))
    canvas.polygon([(0, 0), (WIDTH, 0), (right, top), (left, top)], shade(palette.stone, 0.25))
    canvas.polygon(
        [(300, 0), (900, 0), (right - 110, top - 20), (left + 110, top - 20)],
        blend(palette.sky_low, palette.sky_middle, 0.4),
    )
    for x in (420, 540, 660, 780):
        canvas.line([(x, 0), (600 + (x - 600) * 0.6, top - 20)], shade(palette.stone, 0.1), 5)
    floor = (176, 128, 84)
    canvas.polygon([(0, HEIGHT), (left, bottom), (right, bottom), (WIDTH, HEIGHT)], floor)
    for plank in range(-12, 13):
        canvas.line([(600 + plank * 40, bottom), (600 + plank * 112, HEIGHT)], shade(floor, -0.2), 2, 130)
    for edge in (
        [(left, bottom), (right, bottom)],
        [(0, HEIGHT - 8), (left, bottom)],
        [(right, bottom), (WIDTH, HEIGHT - 8)],
    ):
        canvas.line(edge, shade(palette.stone, 0.3), 8)


def _painting(canvas: Canvas, palette: Palette, corners: list[tuple[float, float]]) -> None:
    """A landscape or an abstract in a gilt frame; corners clockwise from the upper left."""
    middle_x, middle_y = sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4
    canvas.polygon([(x + 5, y + 8) for x, y in corners], (20, 16, 24), 80)
    canvas.polygon(corners, (206, 164, 88))
    inner = [(middle_x + (x - middle_x) * 0.86, middle_y + (y - middle_y) * 0.88) for x, y in corners]
    canvas.polygon(inner, canvas.random.choice((palette.sky_middle, palette.sky_low, palette.accent)))
    upper_left, upper_right, lower_right, lower_left = inner
    rise, fall = canvas.random.uniform(0.3, 0.6), canvas.random.uniform(0.4, 0.7)
    ridge_left = (upper_left[0], upper_left[1] + (lower_left[1] - upper_left[1]) * rise)
    ridge_right = (upper_right[0], upper_right[1] + (lower_right[1] - upper_right[1]) * fall)
    canvas.polygon(
        [ridge_left, ridge_right, lower_right, lower_left],
        canvas.random.choice((palette.green, palette.near, palette.roof)),
    )
    canvas.disc(middle_x, middle_y - 12, 24, canvas.random.choice((palette.sun, palette.roof, palette.stone)))


def _pillar(canvas: Canvas, palette: Palette, bay: int, side: int) -> None:
    stone = shade(palette.stone, -0.08 - bay * 0.07)
    near = 3 - bay
    x, wide = 600 + side * (210 + near * 92), 26 + near * 13
    top, base = 250 - near * 62, 610 + near * 52
    canvas.box(x - wide / 2, top, wide, base - top, stone)
    shadow = x - wide / 2 if side < 0 else x + wide * 0.1
    canvas.box(shadow, top, wide * 0.4, base - top, shade(stone, -0.28))
    canvas.box(x - wide * 0.75, base - 12, wide * 1.5, 14, shade(stone, 0.1))
    canvas.box(x - wide * 0.75, top - 8, wide * 1.5, 14, shade(stone, 0.16))
    reach = [(x, top), (x - side * (60 + near * 26), top - 74 - near * 30), (600, 96 - near * 34)]
    canvas.line(reach, shade(stone, 0.02), 9 + near * 4)


def _visitor(canvas: Canvas, palette: Palette, x: float, base: float, size: float) -> None:
    """Seen from behind."""
    coat = canvas.random.choice((palette.accent, palette.green, palette.sky_top, shade(palette.near, -0.3)))
    canvas.disc(x + 6, base, 66 * size, (10, 8, 14), 70, high=14 * size)
    canvas.polygon(
        [
            (x - 11 * size, base),
            (x - 13 * size, base - 60 * size),
            (x + 13 * size, base - 60 * size),
            (x + 11 * size, base),
        ],
        shade(palette.near, -0.55),
    )
    canvas.polygon(
        [
            (x - 20 * size, base - 46 * size),
            (x - 15 * size, base - 122 * size),
            (x + 15 * size, base - 122 * size),
            (x + 20 * size, base - 46 * size),
        ],
        coat,
    )
    canvas.disc(x, base - 138 * size, 27 * size, (216, 170, 138))
    canvas.slice(x, base - 139 * size, 30 * size, shade(palette.roof, -0.6), (150, 390))
