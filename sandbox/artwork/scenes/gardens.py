"""Parks and flower fields."""

from sandbox.artwork.backdrop import far_town, hills, sky
from sandbox.artwork.canvas import HEIGHT, WIDTH, Canvas
from sandbox.artwork.details import birds, cypress, lamp, people, topiary, tree
from sandbox.artwork.palette import Colour, Palette, blend, shade

BLOOMS: tuple[Colour, ...] = (
    (226, 66, 84),
    (250, 190, 60),
    (240, 132, 170),
    (252, 240, 232),
    (136, 88, 176),
    (242, 116, 62),
)


def park(canvas: Canvas, palette: Palette) -> None:
    """Paths, a lake, trees in groups, the town beyond."""
    sky(canvas, palette)
    far_town(canvas, palette.far, 510, tallest=120)
    canvas.haze(360, 540, palette.sky_low, 150)
    hills(canvas, blend(palette.green, palette.sky_low, 0.35), 480, 70)
    hills(canvas, palette.green, 550, 70)
    for _ in range(12):
        tree(
            canvas,
            palette,
            canvas.random.uniform(20, 1180),
            canvas.random.uniform(572, 612),
            canvas.random.uniform(64, 110),
        )
    canvas.disc(400, 690, 620, blend(palette.sky_middle, palette.window, 0.25), high=100)
    canvas.disc(400, 684, 560, blend(palette.sky_low, palette.sky_middle, 0.5), high=74)
    canvas.polygon(
        [(1000, 590), (1040, 590), (980, 670), (760, 740), (700, HEIGHT), (440, HEIGHT), (620, 730), (860, 660)],
        shade(palette.ground, 0.25),
    )
    for x, base, height in ((90, 760, 260), (1110, 770, 300), (820, 640, 130)):
        tree(canvas, palette, x, base, height)
    for x, y in ((330, 684), (430, 700), (470, 676)):
        canvas.disc(x, y, 34, (252, 252, 250), high=16)
        canvas.line([(x + 12, y - 4), (x + 20, y - 24), (x + 28, y - 26)], (252, 252, 250), 5)
    canvas.box(900, 716, 120, 8, shade(palette.roof, -0.2))
    canvas.box(900, 694, 120, 7, shade(palette.roof, -0.1))
    for x in (910, 1004):
        canvas.box(x, 694, 6, 50, shade(palette.near, -0.4))
    lamp(canvas, palette, 700, 700, 120)
    people(canvas, palette, 704, 6, left=640, right=900)
    birds(canvas, palette, 300, 170)


def garden(canvas: Canvas, palette: Palette) -> None:
    """Flower fields that run to a glasshouse."""
    sky(canvas, palette)
    hills(canvas, palette.far, 430, 80)
    canvas.haze(420, 560, palette.sky_low, 130)
    canvas.box(0, 555, WIDTH, 20, shade(palette.green, -0.2))
    for _ in range(15):
        tree(canvas, palette, canvas.random.uniform(0, WIDTH), 566, canvas.random.uniform(50, 100))
    _glasshouse(canvas, palette)
    for row in range(13):
        _flower_bed(canvas, palette, row)
    for x in (60, 1140):
        topiary(canvas, palette, x, 640, 110)
        cypress(canvas, palette, x, 580, 130)
    birds(canvas, palette, 240, 190)


def _glasshouse(canvas: Canvas, palette: Palette) -> None:
    glass, frame = blend(palette.window, palette.sky_low, 0.55), shade(palette.stone, 0.35)
    canvas.slice(600, 560, 420, glass, high=340)
    for side in (390, 810):
        canvas.slice(side, 560, 230, glass, high=180)
    for x in range(410, 800, 30):
        canvas.line(
            [(x, 560), (600 + (x - 600) * 0.72, 560 - 170 * max(0.0, 1 - ((x - 600) / 210) ** 2) ** 0.5)], frame, 2.4
        )
    for height in (60, 110):
        canvas.line(
            [
                (600 - 205 * (1 - (height / 200) ** 2), 560 - height),
                (600 + 205 * (1 - (height / 200) ** 2), 560 - height),
            ],
            frame,
            2.4,
        )


def _flower_bed(canvas: Canvas, palette: Palette, row: int) -> None:
    """One of thirteen stripes that meet at the horizon."""
    left, right = 600 + (row - 6.5) * 62, 600 + (row - 5.5) * 62
    fill = BLOOMS[(row + canvas.random.randint(0, 1)) % len(BLOOMS)]
    canvas.polygon(
        [(left, 572), (right, 572), (600 + (row - 5.5) * 262, HEIGHT), (600 + (row - 6.5) * 262, HEIGHT)],
        shade(palette.green, -0.25),
    )
    canvas.polygon(
        [(left + 8, 572), (right - 4, 572), (600 + (row - 5.7) * 262, HEIGHT), (600 + (row - 6.3) * 262, HEIGHT)],
        fill,
    )
    for bloom in range(70):
        near = (bloom / 70) ** 1.8
        x = 600 + (row - 6.5 + canvas.random.uniform(0.12, 0.88)) * (62 + 200 * near)
        y, size = 574 + near * 226, 4 + near * 15
        canvas.disc(x, y, size, shade(fill, canvas.random.uniform(-0.22, 0.22)), high=size * 1.15)
