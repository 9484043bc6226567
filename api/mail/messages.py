"""The messages a buyer receives, in the shop's name. IssuedOrder, RefundNotice or CancellationNotice -> EmailMessage"""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from api.mail.errors import MailRefused
from api.mail.pictures import Pictures
from api.mail.rendering import html_body, text_body
from api.mail.views import CancellationNotice, Envelope, MoneyBack, RefundNotice
from api.tickets.calendar_file import calendar_file
from api.tickets.document import ticket_pdf
from api.tickets.views import IssuedOrder, OrderHead

LONGEST_NAME: Final = 80


def confirmation(order: IssuedOrder, envelope: Envelope) -> EmailMessage:
    """The tickets of one item or more: codes in the text, a PDF to print, a calendar file. As slow as `ticket_pdf`."""
    more = len(order.items) - 1
    titles = order.items[0].product_title + (f" and {more} more" if more else "")
    pictures = Pictures(envelope, order.logo)
    codes = {ticket: pictures.add_code(ticket) for item in order.items for ticket in item.admission}
    message = _message(
        "confirmation", f"Your tickets: {titles} ({order.reference})", order, envelope, pictures, codes=codes
    )
    pdf, calendar = ticket_pdf(order), calendar_file(order, envelope.sent_at)
    name = _one_line(order.reference)
    message.add_attachment(pdf, "application", "pdf", filename=f"{name}.pdf")
    message.add_attachment(calendar, "text", "calendar", filename=f"{name}.ics", params={"charset": "utf-8"})
    return message


def refund(notice: RefundNotice, envelope: Envelope) -> EmailMessage:
    subject = "Your money back" if notice.way is MoneyBack.REFUNDED else "Tickets that we could not get"
    return _message("refund", f"{subject} ({notice.reference})", notice, envelope, Pictures(envelope, notice.logo))


def cancellation(notice: CancellationNotice, envelope: Envelope) -> EmailMessage:
    return _message(
        "cancellation",
        f"Cancelled as you asked ({notice.reference})",
        notice,
        envelope,
        Pictures(envelope, notice.logo),
    )


def _message(
    template: str, subject: str, order: OrderHead, envelope: Envelope, pictures: Pictures, **view: Any
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(subject)
    message["From"] = Address(_name(order.shop.name), addr_spec=envelope.sender)
    message["To"] = _recipient(order.buyer_name, envelope.recipient)
    message["Date"] = envelope.sent_at
    message["Message-ID"] = f"<{envelope.mail_id}@{pictures.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_body(template, order, **view))
    message.add_alternative(html_body(template, order, logo=pictures.logo, **view), subtype="html")
    pictures.attach_to(message)
    return message


def _recipient(name: str, address: str) -> Address:
    """MailRefused for what is no single address, whatever else it may be."""
    try:
        return Address(_name(name), addr_spec=address)
    except (MessageError, ValueError, IndexError):
        raise MailRefused("the recipient's address is malformed") from None


def _name(text: str) -> str:
    return _one_line(text)[:LONGEST_NAME]


def _one_line(text: str) -> str:
    """Without line ends and control characters: whatever a person typed stays within its header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
