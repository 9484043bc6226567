"""What every process writes down: one JSON object a line. structlog -> stdout of a server, stderr of a command"""

import logging
import sys
from collections.abc import Callable
from typing import TextIO

import structlog


def log_as_server() -> None:
    """Log to stdout, where whatever runs the server collects it."""
    _log_to(lambda: sys.stdout, logging.INFO)


def log_as_command() -> None:
    """Log what went wrong to stderr: a person at a terminal reads the command's own lines, on stdout."""
    _log_to(lambda: sys.stderr, logging.WARNING)


def _log_to(stream: Callable[[], TextIO], level: int) -> None:
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(stream()),
    )
