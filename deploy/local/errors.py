"""What keeps `make run` from running; each text is one sentence for the person at the terminal."""

from core.errors import PlatformError


class CannotRun(PlatformError):
    """This machine, or what runs on it, stands in the way."""


class StepFailed(PlatformError):
    """A step of the start-up failed; the text names its log."""
