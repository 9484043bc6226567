"""Why a message did not leave. No text of these names an address, so that they may be logged."""

from core.errors import PlatformError


class MailError(PlatformError):
    """A message that did not leave."""


class MailUndelivered(MailError):
    """No mail server took it this time; the same message may leave later."""


class MailRefused(MailError):
    """It will never be taken for this address."""
