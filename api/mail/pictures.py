"""Pictures that travel inside a message, as many mail programs load none from elsewhere. logo and codes -> cid parts"""

from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO
from typing import Final

from PIL import Image

from api.mail.views import Envelope
from api.shops.shop import Logo
from api.tickets.symbols import Symbol, symbol_of
from api.tickets.views import IssuedTicket

LOGO_PIXELS: Final = 112


@dataclass(frozen=True, slots=True)
class Code:
    """Where a ticket's code is found in the message, and how it is said to who cannot see it."""

    source: str
    label: str
    is_square: bool

    @classmethod
    def of(cls, symbol: Symbol, source: str) -> "Code":
        return cls(source, symbol.label, symbol.width == symbol.height)


@dataclass
class Pictures:
    envelope: Envelope
    logo_file: Logo | None
    logo: str | None = None
    _parts: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.logo_file:
            self.logo = self._add(_small_png(self.logo_file))

    @property
    def domain(self) -> str:
        """Of the address that sends, which makes ids that are nobody else's."""
        return self.envelope.sender.rpartition("@")[2]

    def add_code(self, ticket: IssuedTicket) -> Code | None:
        symbol = symbol_of(ticket.format, ticket.value)
        return Code.of(symbol, self._add(symbol.png())) if symbol else None

    def attach_to(self, message: EmailMessage) -> None:
        """Beside the HTML that shows them, so that they are not listed as files."""
        html = message.get_body(("html",))
        if html is None:
            raise ValueError("a message without HTML shows no pictures")
        for content_id, content in self._parts:
            html.add_related(content, "image", "png", cid=f"<{content_id}>", disposition="inline")

    def _add(self, content: bytes) -> str:
        content_id = f"{self.envelope.mail_id}.{len(self._parts)}@{self.domain}"
        self._parts.append((content_id, content))
        return f"cid:{content_id}"


def _small_png(logo: Logo) -> bytes:
    """PNG, because not every mail program shows WebP."""
    picture = Image.open(BytesIO(logo.content)).convert("RGBA")
    picture.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
    output = BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()
