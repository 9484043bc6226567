"""A ticket's value as a code that a scanner reads. format and value -> dark and light modules -> SVG or PNG"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Final

import zxingcpp
from markupsafe import Markup
from PIL import Image, ImageOps

from api.tickets.views import TicketFormat

REMEMBERED: Final = 512
LIGHT: Final = 255
PNG_SCALE: Final = 8
_SVG: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{label}"'
    ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{width}v{height}H0z"/><path d="{path}"/></svg>'
)
_DARK: Final = re.compile(b"\0+")


@dataclass(frozen=True, slots=True)
class _Kind:
    """`quiet` is the light margin that the standard asks for, in modules."""

    symbology: zxingcpp.BarcodeFormat
    label: str
    quiet: int
    options: dict[str, str]


# M repairs 15 % of a QR code: a scratched screen, not a torn page, and a third smaller than H.
_KINDS: Final = {
    TicketFormat.QRCODE: _Kind(zxingcpp.BarcodeFormat.QRCode, "QR code", 4, {"ec_level": "M"}),
    TicketFormat.CODE128: _Kind(zxingcpp.BarcodeFormat.Code128, "Barcode", 10, {}),
    TicketFormat.AZTECCODE: _Kind(zxingcpp.BarcodeFormat.Aztec, "Aztec code", 2, {}),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """`rows` are the modules from top to bottom, 0 a dark one and 255 a light one, the quiet margin included."""

    label: str
    rows: tuple[bytes, ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def height(self) -> int:
        return len(self.rows)

    def svg(self) -> Markup:
        """An element for a template or a file of its own; no style and no script, so any content policy lets it be."""
        path = "".join(f"M{x} {y}h{length}v{lines}h-{length}z" for x, y, length, lines in self._bars())
        return _SVG.format(label=self.label, width=self.width, height=self.height, path=path)

    def png(self, scale: int = PNG_SCALE) -> bytes:
        """Black on white, `scale` pixels to a module."""
        picture = Image.frombytes("L", (self.width, self.height), b"".join(self.rows)).convert("1")
        output = BytesIO()
        size = (self.width * scale, self.height * scale)
        picture.resize(size, Image.Resampling.NEAREST).save(output, "PNG", optimize=True)
        return output.getvalue()

    def _bars(self) -> Iterator[tuple[int, int, int, int]]:
        """Dark runs as x, y, length and lines; equal rows in a row are one."""
        y = 0
        for row, equal in groupby(self.rows):
            lines = sum(1 for _ in equal)
            yield from ((run.start(), y, run.end() - run.start(), lines) for run in _DARK.finditer(row))
            y += lines


@lru_cache(maxsize=REMEMBERED)
def symbol_of(ticket_format: TicketFormat, value: str) -> Symbol | None:
    """None where there is nothing to scan: a link, a format we do not know, a value its format cannot carry."""
    kind = _KINDS.get(ticket_format)
    if kind is None:
        return None
    try:
        barcode = zxingcpp.create_barcode(value, kind.symbology, **kind.options)
    except ValueError:
        return None
    bare = Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=False))
    picture = ImageOps.expand(bare, border=kind.quiet, fill=LIGHT)
    modules, width = picture.tobytes(), picture.width
    return Symbol(kind.label, tuple(modules[start : start + width] for start in range(0, len(modules), width)))
