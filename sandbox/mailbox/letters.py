"""The messages that came in, as long as there is room. bytes -> Letter"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property

from core.domain.clock import Clock, utc_now
from sandbox.mailbox.switches import Switches

KEPT_LETTERS = 500
KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Letter:
    """`recipients` are those of the envelope, whatever the headers say."""

    number: int
    received_at: datetime
    recipients: tuple[str, ...]
    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)

    @property
    def subject(self) -> str:
        return str(self.message["subject"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["from"] or "")

    def body(self, kind: str) -> str:
        """The `plain` or `html` body; empty where there is none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""

    @property
    def attachments(self) -> list[EmailMessage]:
        return [part for part in self.message.iter_attachments() if isinstance(part, EmailMessage)]

    def picture(self, content_id: str) -> EmailMessage | None:
        """The part that the HTML shows as `cid:<content_id>`."""
        parts = (part for part in self.message.walk() if part["content-id"] == f"<{content_id}>")
        return next((part for part in parts if isinstance(part, EmailMessage)), None)


@dataclass
class Mailbox:
    """Everybody's mail. The oldest goes when there are too many, or too large ones together."""

    clock: Clock = utc_now
    switches: Switches = field(default_factory=Switches)
    received: int = 0
    _letters: deque[Letter] = field(default_factory=deque)

    def keep(self, recipients: list[str], raw: bytes) -> None:
        self.received += 1
        self._letters.appendleft(Letter(self.received, self.clock(), tuple(recipients), raw))
        while len(self._letters) > KEPT_LETTERS or sum(len(letter.raw) for letter in self._letters) > KEPT_BYTES:
            self._letters.pop()

    def letters(self, recipient: str = "") -> list[Letter]:
        """Newest first; those to an address that contains `recipient`."""
        wanted = recipient.strip().lower()
        return [letter for letter in self._letters if any(wanted in one.lower() for one in letter.recipients)]

    def find(self, number: int) -> Letter | None:
        return next((letter for letter in self._letters if letter.number == number), None)

    def clear(self) -> None:
        self._letters.clear()

    def reset(self) -> None:
        """No mail, and all switches off."""
        self.switches = Switches()
        self.clear()
