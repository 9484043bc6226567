"""Re-encodes a fetched picture, which also proves that it is one. bytes of any known format -> webp in our widths"""

import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from api.media.errors import PictureUnavailable

WIDTHS: Final = (400, 800, 1200)
FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_PIXELS: Final = 50_000_000
QUALITY: Final = 74


def encoded(content: bytes) -> dict[int, bytes]:
    """Webp for each width, never enlarged; PictureUnavailable for what is no picture, or too many pixels of one.

    Takes a tenth of a second or more: run it in a thread.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _all_widths(content)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureUnavailable("The supplier's picture cannot be read.") from error
    except (OSError, ValueError, SyntaxError) as error:  # Pillow's ways to say that a file is broken
        raise PictureUnavailable("The supplier's picture is broken.") from error


def _all_widths(content: bytes) -> dict[int, bytes]:
    with Image.open(BytesIO(content), formats=FORMATS) as source:
        if source.width * source.height > MOST_PIXELS:
            raise PictureUnavailable("The supplier's picture has too many pixels.")
        source.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
        upright = ImageOps.exif_transpose(source).convert("RGB")
    return {width: _webp(upright, width) for width in WIDTHS}


def _webp(picture: Image.Image, width: int) -> bytes:
    if picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    output = BytesIO()
    picture.save(output, "WEBP", quality=QUALITY, method=4)
    return output.getvalue()
