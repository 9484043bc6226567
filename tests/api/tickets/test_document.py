"""The PDF, read back by another library than the one that writes it."""

import logging

import pypdfium2
import pytest
import zxingcpp

from api.shops.shop import Branding
from api.tickets.document import ticket_pdf
from api.tickets.views import IssuedTicket, TicketFormat
from api.tickets.wording import TIMES
from tests.api.tickets.issued import PAGE_URL, item, order, shop


def pages(content: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(content))


def texts(content: bytes) -> list[str]:
    """Each page in one line, wherever its paragraphs were broken."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages(content)]


def codes(content: bytes) -> list[list[str]]:
    """As a phone sees them: a page 400 pixels wide."""
    return [[code.text for code in zxingcpp.read_barcodes(page.render(scale=0.67).to_pil())] for page in pages(content)]


def test_every_ticket_is_a_page_with_its_own_code():
    assert codes(ticket_pdf(order())) == [["CNL-84731-0001"], ["CNL-84731-0002"], ["CNL-84731-0003"]]


def test_a_page_is_a4():
    assert pages(ticket_pdf(order()))[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_a_page_says_everything_but_the_secret_address():
    text = texts(ticket_pdf(order()))[2]
    for fact in (
        "Hotel Herengracht",
        "TQ-7K3M-9QX2",
        "Rijksmuseum: timed entry",
        "Entry with audio guide",
        "Friday, 27 November 2026",
        "10:00 to 11:30",
        "Child",
        "Ticket 3 of 3",
        "CNL-84731-0003",
        "Museumstraat 1, Amsterdam",
        "Noor de Wit",
        "Free cancellation up to 24 hours before",
        "Sold by Hotel Herengracht B.V. · Provided by Canal Tickets",
    ):
        assert fact in text
    assert PAGE_URL not in text


def test_each_page_names_the_supplier_of_its_own_item():
    two = order(item(tickets=item().tickets[:1]), item(supplier_name="Meridian Tours", tickets=item().tickets[:1]))
    first, second = texts(ticket_pdf(two))
    assert "Provided by Canal Tickets" in first
    assert "Provided by Meridian Tours" in second


@pytest.mark.parametrize("name", ["Kraków, Łódź", "Αθήνα", "Київ", "Hội An", "東京タワー", "서울", "上海博物馆"])
def test_names_are_written_as_their_owners_write_them(name):
    assert name in texts(ticket_pdf(order(item(place_name=name))))[0]


def test_letters_without_a_face_are_left_out_and_stay_out_of_the_log(caplog):
    with caplog.at_level(logging.DEBUG):
        text = texts(ticket_pdf(order(buyer_name="محمد")))[0]
    assert "Booked by" not in text
    assert "\\u0645" not in caplog.text
    assert "م" not in caplog.text


def test_a_ticket_kept_by_the_supplier_is_a_link():
    kept = IssuedTicket("Adult", TicketFormat.PDF_URL, "https://supplier.example/t/1.pdf")
    content = ticket_pdf(order(item(tickets=(kept,))))
    assert "Open your ticket at the supplier" in texts(content)[0]
    assert b"https://supplier.example/t/1.pdf" in content


def test_a_voucher_says_whom_it_admits():
    voucher = IssuedTicket(None, TicketFormat.QRCODE, "CNL-84731")
    assert f"2{TIMES}Adult, 1{TIMES}Child" in texts(ticket_pdf(order(item(tickets=(voucher,)))))[0]


def test_a_booking_without_tickets_shows_what_the_supplier_looks_up():
    (text,) = texts(ticket_pdf(order(item(tickets=()))))
    assert "10:00 to 11:30 CNL-84731 2" in text
    assert "Your name is on the list" in texts(ticket_pdf(order(item(tickets=(), supplier_reference=None))))[0]


def test_an_odd_shop_still_gets_its_tickets():
    plain = shop(branding=Branding("not a colour", "", "", has_logo=False), name="A name that is much too long " * 4)
    assert "TQ-7K3M-9QX2" in texts(ticket_pdf(order(shop=plain, logo=None)))[0]
