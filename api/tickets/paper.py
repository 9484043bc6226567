"""A4 paper, and how a line and a paragraph are set on it. text -> PDF

Type is large, because on a phone the page is as wide as the screen. Lengths are in millimetres, type in points.
"""

from typing import Final

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from api.tickets.typefaces import SANS, set_faces

PAGE_WIDTH: Final = 210.0
MARGIN: Final = 18.0
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
INK: Final = "#16181d"
SOFT_INK: Final = "#5b616b"
LINE: Final = "#d5d8dd"


class Paper(FPDF):
    """Made with all the text that may come onto it, because that decides the faces."""

    def __init__(self, all_text: str) -> None:
        super().__init__(format="A4")
        self._glyphs = set_faces(self, all_text)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 4)

    def line_of(  # noqa: PLR0913 - how a line looks
        self,
        text: str,
        size: float,
        style: str = "",
        *,
        colour: str,
        width: float,
        height: float,
        align: Align = Align.L,
    ) -> None:
        """One line, made smaller until it fits."""
        written = self.writable(text)
        self.set_font(SANS, style, size)
        self.set_text_color(colour)
        if (natural := self.get_string_width(written) + 2 * self.c_margin) > width:
            self.set_font_size(size * width / natural)
        self.cell(width, height, written, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def paragraph(  # noqa: PLR0913 - how a paragraph looks
        self,
        text: str,
        size: float,
        style: str = "",
        *,
        height: float,
        colour: str = INK,
        width: float = WIDTH,
        align: Align = Align.L,
        link: str | None = None,
    ) -> None:
        """As high as it needs to be, from the cursor on; `height` is that of one line."""
        self.set_font(SANS, style, size)
        self.set_text_color(colour)
        self.multi_cell(width, height, self.writable(text), align=align, link=link, new_x=XPos.LMARGIN)

    def rule(self, top: float) -> None:
        """A thin line over the whole width."""
        self.set_draw_color(LINE)
        self.set_line_width(0.3)
        self.line(MARGIN, top, PAGE_WIDTH - MARGIN, top)

    def writable(self, text: str) -> str:
        """`text` without the letters that no face has."""
        return "".join(letter for letter in text if letter in self._glyphs or letter.isspace())
