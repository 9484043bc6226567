"""Hands messages to a mail server. EmailMessage -> SMTP, encrypted where the server can and always in production"""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from api.mail.errors import MailError, MailRefused, MailUndelivered
from core.errors import SettingsError
from core.settings import Environment, Settings

TIMEOUT_SECONDS: Final = 20
PORTS: Final = {"smtp": 587, "smtps": 465}
PERMANENT: Final = 500
# Where no sender is set; nothing leaves this machine then.
LOCAL_SENDER: Final = "tickets@tiqzy.example"


@dataclass(frozen=True, slots=True)
class _Server:
    host: str
    port: int
    username: str | None
    password: str | None
    is_encrypted_at_once: bool


class SmtpTransport:
    """One connection a message: mail is rare, and a connection that is kept is one that breaks unseen.

    Without a server it can be made but not used: `send` then raises MailUndelivered. In production it cannot be made:
    SettingsError. `sender` is the address that messages come from.
    """

    def __init__(self, settings: Settings) -> None:
        is_production = settings.environment is Environment.PRODUCTION
        if is_production and not (settings.smtp_url and settings.mail_from):
            raise SettingsError("production needs TIQZY_SMTP_URL and TIQZY_MAIL_FROM to write to buyers")
        self.sender = settings.mail_from or LOCAL_SENDER
        self._server = _server(settings.smtp_url.get_secret_value()) if settings.smtp_url else None
        # None encrypts where the server offers it.
        self._start_tls = True if is_production else None

    async def send(self, message: EmailMessage) -> None:
        """MailUndelivered when trying later may help, MailRefused when it will not.

        Sending again what was sent already, after a reply that was lost, repeats the Message-ID; mailboxes show it once
        or twice, and nobody is left without tickets.
        """
        server = self._server
        if server is None:
            raise MailUndelivered("TIQZY_SMTP_URL is not set")
        try:
            await aiosmtplib.send(
                message,
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                use_tls=server.is_encrypted_at_once,
                start_tls=False if server.is_encrypted_at_once else self._start_tls,
                timeout=TIMEOUT_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            # What the server said often repeats the address, so it is not chained either.
            raise _meaning(error) from None


def _server(url: str) -> _Server:
    """SettingsError for anything but `smtp://` or `smtps://` and a host; its text shows nothing of the address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError("TIQZY_SMTP_URL is not an address") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise SettingsError("TIQZY_SMTP_URL begins with smtp:// or smtps:// and names a host")
    return _Server(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        is_encrypted_at_once=parts.scheme == "smtps",
    )


def _meaning(error: Exception) -> MailError:
    """A refusal of us (sender, password) may be mended on our side; one of the recipient or the content will stay."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=[first, *_]) if first.code >= PERMANENT:
            return MailRefused(f"the mail server refused the recipient: {first.code}")
        case aiosmtplib.SMTPRecipientsRefused(recipients=[first, *_]):
            return MailUndelivered(f"the mail server put the recipient off: {first.code}")
        case aiosmtplib.SMTPDataError(code=code) if code >= PERMANENT:
            return MailRefused(f"the mail server refused the message: {code}")
        case aiosmtplib.SMTPNotSupported(message=said) if "UTF8" in said:
            return MailRefused("the mail server cannot write to such an address")
        case aiosmtplib.SMTPResponseException(code=code):
            return MailUndelivered(f"the mail server answered {code}")
        case _:
            return MailUndelivered(f"the mail server could not be used: {type(error).__name__}")
