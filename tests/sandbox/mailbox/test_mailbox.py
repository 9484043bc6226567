"""Mail that comes in can be read by people and programs, and goes wrong when it is told to."""

import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count

import httpx
import pytest

from sandbox.mailbox import letters
from sandbox.mailbox.letters import Mailbox

HTML = '<h1 onclick="x()">Tickets</h1><script>x()</script><img src="cid:code.1@shop.example"><a href="https://a.example">A</a>'


@pytest.fixture
def deliver(sandbox):
    def deliver(to="noor@example.com", subject="Your tickets") -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Shop <shop@shop.example>", to, subject
        message.set_content("Show this: Łódź")
        message.add_alternative(HTML, subtype="html")
        message.get_body(("html",)).add_related(b"png", "image", "png", cid="<code.1@shop.example>")
        message.add_attachment(b"%PDF-1", "application", "pdf", filename="TQ-1.pdf")
        with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=10) as server:
            server.send_message(message)

    return deliver


@pytest.fixture
def read(sandbox):
    with httpx.Client(base_url=sandbox.base_url) as client:
        yield client.get


def test_a_program_finds_what_was_sent_to_whom(sandbox, deliver):
    deliver("noor@example.com", "First")
    deliver("sam@example.com", "Second")
    deliver("Noor@Example.com", "Third")
    assert [letter["subject"] for letter in sandbox.mail("noor@")] == ["Third", "First"]
    (letter,) = sandbox.mail("sam@")
    assert letter["text"].strip() == "Show this: Łódź"
    assert letter["html"].startswith("<h1")
    assert letter["attachments"] == [{"name": "TQ-1.pdf", "media_type": "application/pdf"}]


def test_a_person_finds_it_too(sandbox, deliver, read):
    deliver("noor@example.com", "First")
    deliver("sam@example.com", "Second")
    overview = read("/mailbox", params={"to": "sam"}).text
    assert "Second" in overview
    assert "First" not in overview
    number = sandbox.mail("sam")[0]["number"]
    page = read(f"/mailbox/{number}").text
    assert f'<iframe src="/mailbox/{number}/html" sandbox=' in page
    assert "Łódź" in page


def test_a_message_reaches_nothing_but_its_own_pictures(sandbox, deliver, read):
    deliver()
    number = sandbox.mail()[0]["number"]
    shown = read(f"/mailbox/{number}/html")
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    assert f"/mailbox/{number}/pictures/code.1%40shop.example" in shown.text
    assert read(f"/mailbox/{number}/pictures/code.1%40shop.example").content == b"png"


def test_an_attachment_is_saved_and_not_shown(sandbox, deliver, read):
    deliver()
    file = read(f"/mailbox/{sandbox.mail()[0]['number']}/attachments/0")
    assert file.content == b"%PDF-1"
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''TQ-1.pdf"


def test_the_source_is_what_was_sent(sandbox, deliver, read):
    deliver()
    source = read(f"/mailbox/{sandbox.mail()[0]['number']}/raw")
    assert source.headers["content-type"].startswith("text/plain")
    assert "Subject: Your tickets\r\n" in source.text


def test_what_is_not_there_is_said_plainly(read):
    answer = read("/mailbox/999999")
    assert answer.status_code == 404
    assert "not here" in answer.text


@pytest.mark.parametrize(("switch", "code"), [("is_refusing", 550), ("is_postponing", 451)])
def test_mail_is_turned_away_when_told_to(sandbox, deliver, switch, code):
    sandbox.control("mailbox", **{switch: True})
    with pytest.raises(smtplib.SMTPRecipientsRefused) as raised:
        deliver()
    assert raised.value.recipients["noor@example.com"][0] == code
    assert sandbox.mail() == []


def test_all_of_it_can_be_deleted(sandbox, deliver):
    deliver()
    httpx.delete(f"{sandbox.base_url}/control/mailbox/messages")
    assert sandbox.mail() == []


def test_the_switches_are_on_the_page_of_switches(sandbox, read):
    sandbox.control("mailbox", is_postponing=True)
    page = read("/").text
    assert 'action="/control/mailbox"' in page
    assert 'name="is_postponing" checked' in page
    sent = httpx.post(f"{sandbox.base_url}/control/mailbox", data={"latency_seconds": "0"})
    assert sent.headers["location"] == "/"
    assert httpx.get(f"{sandbox.base_url}/control/mailbox").json()["is_postponing"] is False


def test_the_oldest_goes_when_there_is_no_room(monkeypatch):
    seconds = count()
    mailbox = Mailbox(clock=lambda: datetime.fromtimestamp(next(seconds), tz=UTC))
    monkeypatch.setattr(letters, "KEPT_LETTERS", 3)
    for number in range(5):
        mailbox.keep(["noor@example.com"], b"Subject: %d\r\n\r\n" % number)
    assert [letter.subject for letter in mailbox.letters()] == ["4", "3", "2"]
    monkeypatch.setattr(letters, "KEPT_BYTES", 40)
    mailbox.keep(["noor@example.com"], b"Subject: 5\r\n\r\n")
    assert [letter.subject for letter in mailbox.letters()] == ["5", "4"]
