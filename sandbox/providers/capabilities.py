"""Negotiation of optional capabilities. Octo-Capabilities header or ?_capabilities= -> Capabilities"""

from dataclasses import dataclass

from sandbox.providers.errors import BadRequest

PRICING, CONTENT = "octo/pricing", "octo/content"
SUPPORTED = (PRICING, CONTENT)
# Newer documentation writes the names without their prefix; both are accepted and echoed as they came.
PREFIX = "octo/"
LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Capabilities:
    pricing: bool
    content: bool
    echo: str = ""

    @property
    def key(self) -> tuple[bool, bool]:
        return self.pricing, self.content

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says of itself; the languages only when content is active."""
        echo = {"Octo-Capabilities": self.echo}
        return {**echo, "Content-Language": LOCALE, "Available-Languages": LOCALE} if self.content else echo


def negotiate(asked: str | None) -> Capabilities:
    """The asked capabilities that exist here. BadRequest when nothing was said: the header is required, even empty."""
    if asked is None:
        raise BadRequest(message="The Octo-Capabilities header is required")
    active = {}
    for name in filter(None, (part.strip() for part in asked.split(","))):
        full = name if name.startswith(PREFIX) else PREFIX + name
        if full in SUPPORTED:
            active[full] = name
    return Capabilities(pricing=PRICING in active, content=CONTENT in active, echo=", ".join(active.values()))


def describe() -> list[dict[str, object]]:
    """The answer of GET /capabilities."""
    return [{"id": name, "revision": 1, "required": False, "dependencies": [], "docs": None} for name in SUPPORTED]
