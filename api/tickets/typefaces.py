"""The faces tickets are set in. packages with free fonts -> fonts of one PDF

Source Sans writes Latin, Greek and Cyrillic, Noto Sans CJK Chinese, Japanese and Korean; the two were drawn to stand
together. The second is 16 MB to read, so it is opened only for a text that needs it.
"""

import logging
from typing import Final

from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from fpdf.fonts import TTFFont
from noto_cjk_sans_jp_regular import FONT_PATH

SANS: Final = "sans"
CJK: Final = "cjk"

# It would write each letter it has no glyph for into the log: a piece of somebody's name.
logging.getLogger("fpdf").setLevel(logging.ERROR)


def set_faces(pdf: FPDF, text: str) -> frozenset[str]:
    """Give `pdf` the faces that `text` needs; the characters that can be written with them."""
    pdf.add_font(SANS, "", font_files_ttf["SourceSansPro"])
    pdf.add_font(SANS, "B", font_files_ttf["SourceSansProSemibold"])
    glyphs = _glyphs(pdf, SANS)
    if set(text) <= glyphs:
        return glyphs
    pdf.add_font(CJK, "", str(FONT_PATH))
    pdf.set_fallback_fonts([CJK], exact_match=False)
    return glyphs | _glyphs(pdf, CJK)


def _glyphs(pdf: FPDF, family: str) -> frozenset[str]:
    font = pdf.fonts[family]
    return frozenset(map(chr, font.cmap)) if isinstance(font, TTFFont) else frozenset()
