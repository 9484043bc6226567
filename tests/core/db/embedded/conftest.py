"""Homes for servers that a test may stop, kill and break."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db.embedded import EmbeddedServer
from tests.fixtures.postgres import deleted_after, folder_for_a_server


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that every system user may enter, as one under /srv."""
    with folder_for_a_server() as folder, deleted_after(EmbeddedServer(folder / "home")):
        yield folder / "home"


@pytest.fixture
def closed_home(home) -> Iterator[Path]:
    """A home that only its owner may enter, as one under /root."""
    closed = home.parent / "closed"
    closed.mkdir(mode=0o700)
    with deleted_after(EmbeddedServer(closed / "home")):
        yield closed / "home"
