"""What a buyer is written, read back as a mail program does."""

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image

from api.mail.errors import MailRefused
from api.mail.messages import cancellation, confirmation, refund
from api.mail.views import CancellationNotice, CancelledItem, Envelope, MoneyBack, RefundedItem, RefundNotice
from api.tickets.views import IssuedTicket, TicketFormat
from core.domain.money import Money
from tests.api.tickets.issued import PAGE_URL, item, order

NOTICE = {
    name: getattr(order(), name) for name in ("reference", "shop", "logo", "seller_name", "buyer_name", "page_url")
}


def envelope(**changes) -> Envelope:
    facts = {
        "mail_id": "mal_0198f6",
        "recipient": "noor@example.com",
        "sender": "tickets@tiqzy.example",
        "sent_at": datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    }
    return Envelope(**(facts | changes))


def received(message: EmailMessage) -> EmailMessage:
    return message_from_bytes(message.as_bytes(), policy=default)


def body(message: EmailMessage, kind: str) -> str:
    return message.get_body((kind,)).get_content()


def attached(message: EmailMessage) -> dict[str, bytes]:
    return {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}


def shown(message: EmailMessage) -> list[bytes]:
    """The pictures that the HTML names, in its order."""
    parts = {part["content-id"].strip("<>"): part.get_content() for part in message.walk() if part["content-id"]}
    html = body(message, "html")
    assert html.count("cid:") == len(parts)
    return [content for name, content in sorted(parts.items(), key=lambda part: html.index(f"cid:{part[0]}"))]


def test_it_comes_from_the_shop_to_the_buyer():
    message = received(confirmation(order(), envelope()))
    assert message["from"] == "Hotel Herengracht <tickets@tiqzy.example>"
    assert message["to"] == "Noor de Wit <noor@example.com>"
    assert message["date"].datetime == envelope().sent_at
    assert message["auto-submitted"] == "auto-generated"


def test_the_same_message_always_has_the_same_id():
    first, again = (confirmation(order(), envelope())["message-id"] for _ in range(2))
    other = confirmation(order(), envelope(mail_id="mal_2"))["message-id"]
    assert first == again == "<mal_0198f6@tiqzy.example>"
    assert other != first


def test_every_ticket_is_in_the_text_as_a_code_that_scans():
    _, *codes = shown(received(confirmation(order(), envelope())))
    scanned = [zxingcpp.read_barcode(Image.open(BytesIO(code))).text for code in codes]
    assert scanned == ["CNL-84731-0001", "CNL-84731-0002", "CNL-84731-0003"]


def test_a_pdf_and_a_calendar_file_are_attached():
    files = attached(received(confirmation(order(), envelope())))
    assert list(files) == ["TQ-7K3M-9QX2.pdf", "TQ-7K3M-9QX2.ics"]
    assert len(pypdfium2.PdfDocument(files["TQ-7K3M-9QX2.pdf"])) == 3
    assert len(Calendar.from_ical(files["TQ-7K3M-9QX2.ics"]).walk("VEVENT")) == 1


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_html_and_text_say_the_same(kind):
    text = body(received(confirmation(order(), envelope())), kind)
    for fact in (
        "Noor de Wit",
        "Rijksmuseum: timed entry",
        "Entry with audio guide",
        "Friday, 27 November 2026",
        "10:00 to 11:30",
        "Museumstraat 1, Amsterdam",
        "CNL-84731-0003",
        "Canal Tickets",
        "Hotel Herengracht B.V.",
        "Free cancellation up to 24 hours before",
        "67,50",
        PAGE_URL,
    ):
        assert fact in text


def test_a_ticket_kept_by_the_supplier_is_a_link_in_both():
    kept = IssuedTicket("Adult", TicketFormat.PDF_URL, "https://supplier.example/t/1.pdf")
    message = received(confirmation(order(item(tickets=(kept,))), envelope()))
    assert 'href="https://supplier.example/t/1.pdf"' in body(message, "html")
    assert "https://supplier.example/t/1.pdf" in body(message, "plain")


def test_what_a_person_typed_stays_text():
    html = body(received(confirmation(order(buyer_name="<script>alert(1)</script>"), envelope())), "html")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "typed", ["Noor\r\nBcc: all@example.com", "Noor\nBcc: all@example.com", "Noor\u2028Bcc: x", "N\0r"]
)
def test_no_name_adds_a_header(typed):
    named = order(item(product_title=typed), buyer_name=typed, reference=f"TQ-1{typed}")
    message = received(confirmation(named, envelope()))
    assert message["bcc"] is None
    assert message["to"].addresses[0].addr_spec == "noor@example.com"
    assert len(message.get_all("subject")) == 1


@pytest.mark.parametrize(
    "recipient",
    ["noor@example.com\r\nBcc: all@example.com", "noor@example.com, all@example.com", "noor", "", "@", "a b@c"],
)
def test_no_address_is_more_than_one_address(recipient):
    with pytest.raises(MailRefused) as raised:
        confirmation(order(), envelope(recipient=recipient))
    assert "noor" not in str(raised.value)
    assert raised.value.__suppress_context__


def test_any_script_travels():
    message = received(confirmation(order(item(product_title="東京タワー"), buyer_name="Łukasz"), envelope()))
    assert message["subject"] == "Your tickets: 東京タワー (TQ-7K3M-9QX2)"
    assert message["to"].addresses[0].display_name == "Łukasz"


def test_a_refund_says_how_much_and_why():
    lost = RefundedItem(
        product_title="Rijksmuseum: timed entry",
        local_date=date(2026, 11, 27),
        amount=Money(6750, "EUR"),
        reason="The museum could not confirm your booking in time.",
    )
    message = received(refund(RefundNotice(**NOTICE, total=Money(6750, "EUR"), items=(lost,)), envelope()))
    assert message["subject"] == "Your money back (TQ-7K3M-9QX2)"
    for kind in ("plain", "html"):
        assert "67,50" in body(message, kind)
        assert "could not confirm your booking" in body(message, kind)
        assert PAGE_URL in body(message, kind)


@pytest.mark.parametrize(
    ("way", "says"), [(MoneyBack.RELEASED, "67,50 was only reserved"), (MoneyBack.NOTHING, "They were free")]
)
def test_money_that_was_never_taken_is_not_said_to_come_back(way, says):
    lost = RefundedItem(
        product_title="Rijksmuseum", local_date=date(2026, 11, 27), amount=Money(6750, "EUR"), reason="Sold out."
    )
    message = received(refund(RefundNotice(**NOTICE, total=Money(6750, "EUR"), way=way, items=(lost,)), envelope()))
    assert message["subject"] == "Tickets that we could not get (TQ-7K3M-9QX2)"
    for kind in ("plain", "html"):
        assert says in body(message, kind).replace("\N{NO-BREAK SPACE}", " ")
        assert "back to you" not in body(message, kind)
        assert "Refunded" not in body(message, kind)


def test_a_cancellation_says_what_comes_back_of_each():
    day = date(2026, 11, 27)
    items = (
        CancelledItem(product_title="Rijksmuseum", local_date=day, refund=Money(6750, "EUR")),
        CancelledItem(product_title="Canal cruise", local_date=day, refund=None),
    )
    message = received(cancellation(CancellationNotice(**NOTICE, items=items), envelope()))
    for kind in ("plain", "html"):
        assert "67,50" in body(message, kind)
        assert "there is no refund" in body(message, kind)
    assert attached(message) == {}
