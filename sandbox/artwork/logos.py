"""Supplier logos. Name -> JPEG"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from sandbox.world.draws import draw

SIZE = (1000, 1000)
GROUNDS = ((11, 110, 110), (122, 62, 130))
INK = (255, 255, 255)


def draw_logo(name: str, key: str) -> bytes:
    """Two capitals on the supplier's colour."""
    image = Image.new("RGB", SIZE, GROUNDS[draw("ground", key) % len(GROUNDS)])
    letters = "".join(word[0] for word in name.split())
    middle = SIZE[0] // 2, SIZE[1] // 2
    ImageDraw.Draw(image).text(middle, letters, fill=INK, font=ImageFont.load_default(420), anchor="mm")
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
