"""Codes that a scanner reads back, and what is no code."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from jinja2 import Environment
from PIL import Image

from api.tickets.symbols import symbol_of
from api.tickets.views import IssuedTicket, TicketFormat

CODES = (TicketFormat.QRCODE, TicketFormat.CODE128, TicketFormat.AZTECCODE)


def scanned(png: bytes) -> str:
    return zxingcpp.read_barcode(Image.open(BytesIO(png))).text


@pytest.mark.parametrize("code", CODES)
def test_a_scanner_reads_back_what_the_supplier_gave(code):
    symbol = symbol_of(code, "CNL-84731-0001")
    assert scanned(symbol.png()) == "CNL-84731-0001"


def test_a_qr_code_carries_any_script():
    assert scanned(symbol_of(TicketFormat.QRCODE, "東京-Ł-42").png()) == "東京-Ł-42"


@pytest.mark.parametrize("code", CODES)
def test_the_page_shows_the_same_modules_as_the_mail(code):
    symbol = symbol_of(code, "CNL-84731-0001")
    picture = Image.new("1", (symbol.width, symbol.height), 1)
    path = ET.fromstring(symbol.svg()).findall("{*}path")[1].get("d")  # noqa: S314 - our own
    for bar in path.removesuffix("z").split("z"):
        start, _, rest = bar.removeprefix("M").partition("h")
        length, _, rest = rest.partition("v")
        x, y = map(int, start.split())
        picture.paste(0, (x, y, x + int(length), y + int(rest.partition("h")[0])))
    assert picture.tobytes() == Image.open(BytesIO(symbol.png(scale=1))).tobytes()


def test_an_svg_needs_neither_style_nor_script():
    svg = symbol_of(TicketFormat.QRCODE, "CNL-84731-0001").svg()
    assert "style" not in svg
    assert "script" not in svg
    assert 'aria-label="QR code"' in svg
    assert Environment(autoescape=True).from_string("{{ svg }}").render(svg=svg) == svg


@pytest.mark.parametrize(
    ("told", "value"),
    [
        (TicketFormat.PDF_URL, "https://supplier.example/t.pdf"),
        (TicketFormat.OTHER, "1234"),
        (TicketFormat.CODE128, "東京"),
        (TicketFormat.QRCODE, ""),
        (TicketFormat.QRCODE, "x" * 5000),
    ],
)
def test_what_cannot_be_scanned_has_no_symbol(told, value):
    assert symbol_of(told, value) is None


def test_a_format_we_do_not_know_is_shown_as_text():
    assert TicketFormat("HOLOGRAM") is TicketFormat.OTHER


def test_only_a_web_address_becomes_a_link():
    assert IssuedTicket(None, TicketFormat.PDF_URL, "https://supplier.example/t.pdf").link
    assert IssuedTicket(None, TicketFormat.PDF_URL, "javascript:alert(1)").link is None
    assert IssuedTicket(None, TicketFormat.QRCODE, "https://supplier.example/t").link is None
