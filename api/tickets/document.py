"""Tickets to print or to show on a phone. IssuedOrder -> PDF, a page per ticket"""

from io import BytesIO
from typing import Final

from fpdf.enums import Align

from api.pages.formatting import Formats
from api.pages.theme import readable_on, safe_colour
from api.tickets.paper import MARGIN, PAGE_WIDTH, SOFT_INK, WIDTH, Paper
from api.tickets.symbols import Symbol, symbol_of
from api.tickets.views import IssuedItem, IssuedOrder, IssuedTicket
from api.tickets.wording import admits, place_in_words, time_in_words

MEDIA_TYPE: Final = "application/pdf"
BAND: Final = 32.0
GUTTER: Final = 8.0
CODE_SIZE: Final = 92.0
LINEAR_CODE_HEIGHT: Final = 42.0


def ticket_pdf(order: IssuedOrder) -> bytes:
    """Takes a tenth of a second, half a second with Chinese, Japanese or Korean in it: keep it off the event loop.

    Letters of scripts that we have no face for (Arabic, Hebrew, Thai, Indic ones) are left out.
    """
    sheets = _Sheets(order)
    for item in order.items:
        for number, ticket in enumerate(item.admission, 1):
            sheets.add_ticket(item, ticket, f"Ticket {number} of {len(item.admission)}")
    return bytes(sheets.output())


class _Sheets(Paper):
    """One order's pages. FPDF calls `header` and `footer` on each."""

    def __init__(self, order: IssuedOrder) -> None:
        super().__init__(_all_text(order))
        self._order = order
        self._formats = Formats.of(order.shop.locale)
        self._brand = safe_colour(order.shop.branding.colour_primary)
        self._supplier = ""
        self.set_title(f"{order.shop.name} {order.reference}")
        self.set_author(order.shop.name)
        self.set_lang("en")

    def header(self) -> None:
        order = self._order
        self.set_fill_color(self._brand)
        self.rect(0, 0, PAGE_WIDTH, BAND, style="F")
        left = MARGIN
        if order.logo:
            self.image(BytesIO(order.logo.content), left, 7, 18, 18, keep_aspect_ratio=True, alt_text=order.shop.name)
            left += 23
        ink = readable_on(self._brand)
        self.set_xy(left, 7)
        self.line_of(order.shop.name, 20, "B", colour=ink, width=PAGE_WIDTH - MARGIN - 52 - left, height=18)
        self.set_xy(PAGE_WIDTH - MARGIN - 50, 9)
        self.line_of("Order", 11, colour=ink, width=50, height=6, align=Align.R)
        self.set_x(PAGE_WIDTH - MARGIN - 50)
        self.line_of(order.reference, 15, "B", colour=ink, width=50, height=8, align=Align.R)
        self.set_y(BAND + 9)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        said = f"Sold by {self._order.seller_name} · Provided by {self._supplier}"
        self.line_of(said, 10, colour=SOFT_INK, width=WIDTH, height=5, align=Align.C)

    def add_ticket(self, item: IssuedItem, ticket: IssuedTicket, count: str) -> None:
        self.add_page()  # ends the page before, whose footer still names that page's supplier
        self._supplier = item.supplier_name
        self.paragraph(item.product_title, 25, "B", height=10.5)
        if item.option_title and item.option_title != item.product_title:
            self.paragraph(item.option_title, 15, height=7, colour=SOFT_INK)
        self.ln(3)
        self.paragraph(self._formats.day(item.local_date), 18, "B", height=8)
        self.paragraph(time_in_words(item, self._formats), 18, height=8)
        self.ln(5)
        self._draw_code(ticket)
        self.paragraph(admits(item, ticket), 21, "B", height=10, align=Align.C)
        self.paragraph(count, 13, height=6.5, colour=SOFT_INK, align=Align.C)
        self.ln(5)
        self._facts(item)

    def _draw_code(self, ticket: IssuedTicket) -> None:
        symbol = symbol_of(ticket.format, ticket.value)
        if symbol:
            self._draw_symbol(symbol)
        said = "Open your ticket at the supplier" if ticket.link else ticket.value
        size, height = (13.0, 6.0) if symbol else (20.0, 14.0)
        self.paragraph(said, size, "BU" if ticket.link else "", height=height, align=Align.C, link=ticket.link)
        self.ln(1)

    def _draw_symbol(self, symbol: Symbol) -> None:
        is_square = symbol.width == symbol.height
        width, height = (CODE_SIZE, CODE_SIZE) if is_square else (WIDTH, LINEAR_CODE_HEIGHT)
        left, top = (PAGE_WIDTH - width) / 2, self.get_y()
        self.image(BytesIO(symbol.png()), left, top, width, height, alt_text=symbol.label)
        self.set_y(top + height + 1)

    def _facts(self, item: IssuedItem) -> None:
        """Label and value in two columns, row by row."""
        told = [
            ("Where", f"{item.place_name}\n{place_in_words(item)}"),
            ("Booked by", self._order.buyer_name),
            ("Supplier's reference", item.supplier_reference or ""),
            ("Cancellation", item.cancellation),
        ]
        facts = [(label, written) for label, text in told if (written := self.writable(text).strip())]
        column = (WIDTH - GUTTER) / 2
        for first in range(0, len(facts), 2):
            top = bottom = self.get_y()
            self.rule(top)
            for place, (label, value) in enumerate(facts[first : first + 2]):
                self.set_xy(MARGIN + place * (column + GUTTER), top + 2.5)
                self._fact(label, value, column)
                bottom = max(bottom, self.get_y())
            self.set_y(bottom + 3)

    def _fact(self, label: str, value: str, width: float) -> None:
        left = self.get_x()
        self.line_of(label, 12, colour=SOFT_INK, width=width, height=6)
        self.set_x(left)
        self.paragraph(value, 15, height=7, width=width)


def _all_text(order: IssuedOrder) -> str:
    """Whatever could be written, to see which faces are needed."""
    names = (order.shop.name, order.seller_name, order.buyer_name)
    facts = (f"{i.product_title}{i.option_title}{i.place_name}{place_in_words(i)}{i.cancellation}" for i in order.items)
    kinds = (ticket.unit_title or "" for item in order.items for ticket in item.admission)
    return "".join((*names, *facts, *kinds))
