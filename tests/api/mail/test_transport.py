"""Messages leave by real SMTP; what goes wrong is told apart, and names nobody."""

import asyncio
import logging
import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult
from pydantic import SecretStr

from api.mail.errors import MailRefused, MailUndelivered
from api.mail.messages import confirmation
from api.mail.transport import SmtpTransport
from api.mail.views import Envelope
from core.errors import SettingsError
from core.settings import Environment, Settings
from tests.api.tickets.issued import order

RECIPIENT = "noor.de.wit@example.com"


def transport(url: str | None, **more) -> SmtpTransport:
    return SmtpTransport(Settings(smtp_url=SecretStr(url) if url else None, **more))


def message() -> EmailMessage:
    return confirmation(order(), Envelope("mal_1", RECIPIENT, "tickets@tiqzy.example", datetime.now(UTC)))


async def test_a_message_arrives_whole(sandbox):
    await transport(sandbox.smtp_url).send(message())
    (letter,) = sandbox.mail(RECIPIENT)
    assert letter["subject"] == "Your tickets: Rijksmuseum: timed entry (TQ-7K3M-9QX2)"
    assert letter["sender"] == "Hotel Herengracht <tickets@tiqzy.example>"
    assert [file["name"] for file in letter["attachments"]] == ["TQ-7K3M-9QX2.pdf", "TQ-7K3M-9QX2.ics"]


async def test_what_is_put_off_may_leave_later(sandbox, caplog):
    sandbox.control("mailbox", is_postponing=True)
    with caplog.at_level(logging.DEBUG), pytest.raises(MailUndelivered, match="451") as raised:
        await transport(sandbox.smtp_url).send(message())
    assert _names_nobody(raised, caplog)


async def test_what_is_refused_is_not_tried_again(sandbox, caplog):
    sandbox.control("mailbox", is_refusing=True)
    with caplog.at_level(logging.DEBUG), pytest.raises(MailRefused, match="550") as raised:
        await transport(sandbox.smtp_url).send(message())
    assert _names_nobody(raised, caplog)


async def test_a_server_that_is_not_there_may_come_back():
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(MailUndelivered, match="SMTPConnectError"):
        await transport(f"smtp://127.0.0.1:{port}").send(message())


async def test_a_password_that_is_wrong_or_not_asked_for_can_be_mended(sandbox):
    address = sandbox.smtp_url.replace("smtp://", "smtp://user:s%40cret@")
    with pytest.raises(MailUndelivered) as raised:
        await transport(address).send(message())
    assert "s@cret" not in str(raised.value)


async def test_without_a_server_nothing_is_lost():
    with pytest.raises(MailUndelivered, match="TIQZY_SMTP_URL"):
        await transport(None).send(message())


async def test_production_sends_nothing_in_the_clear(sandbox):
    live = transport(sandbox.smtp_url, **_production(), mail_from="tickets@tiqzy.example")
    with pytest.raises(MailUndelivered):
        await live.send(message())
    assert sandbox.mail() == []


@pytest.fixture
def certified(tmp_path, monkeypatch) -> ssl.SSLContext:
    """A certificate for localhost that clients trust for this test."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on PATH to make a certificate with")
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    command = ["openssl", *asked.split(), "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603 - all of it is written above
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    return context


async def test_production_encrypts_before_it_says_who_it_is(certified):
    seen = []

    def admit(*call) -> AuthResult:
        _, session, *_, login = call
        seen.append((session.ssl is not None, login.login, login.password))
        return AuthResult(success=True)

    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Sink(), tls_context=certified, authenticator=admit, auth_required=True), "127.0.0.1", 0
    )
    async with server:
        url = f"smtp://user:s%40cret@localhost:{server.sockets[0].getsockname()[1]}"
        await transport(url, **_production(), mail_from="tickets@tiqzy.example").send(message())
    assert seen == [(True, b"user", b"s@cret")]


def test_production_needs_a_server_and_a_sender():
    with pytest.raises(SettingsError, match="TIQZY_SMTP_URL and TIQZY_MAIL_FROM"):
        transport("smtp://mail.example", **_production())


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25", "smtp://mail.example:port"])
def test_an_address_that_is_none_is_refused_without_being_shown(url):
    with pytest.raises(SettingsError, match="TIQZY_SMTP_URL") as raised:
        transport(url)
    assert "mail.example" not in str(raised.value)


def _production() -> dict[str, object]:
    database = SecretStr("postgresql://tiqzy@db.example/shop")
    return {
        "environment": Environment.PRODUCTION,
        "database_url": database,
        "shop_database_url": database,
        "lake_url": "s3://lake",
        "publish_url": "s3://published",
    }


def _names_nobody(raised, caplog) -> bool:
    chained = raised.value.__cause__ or (raised.value.__context__ and not raised.value.__suppress_context__)
    # The mail server runs in this process too, and logs under a name of its own.
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    return not chained and all(RECIPIENT not in text and "Noor" not in text for text in (str(raised.value), *ours))
