"""What every process writes down: one JSON object a line. structlog -> stdout of a server, stderr of a command"""

import sys
from collections.abc import Callable
from typing import TextIO

import structlog


def log_as_server() -> None:
    """Log to stdout, where whatever runs the server collects it."""
    _log_to(lambda: sys.stdout)


def log_as_command() -> None:
    """Log to stderr: the stdout of a command is for the person, or the program, that called it."""
    _log_to(lambda: sys.stderr)


def _log_to(stream: Callable[[], TextIO]) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(stream()),
    )
