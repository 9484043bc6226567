"""Homes for servers that a test may stop, kill and break."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db.embedded import EmbeddedServer


@pytest.fixture
def home(tmp_path) -> Iterator[Path]:
    """A home whose server is deleted after the test, wherever its files went."""
    yield tmp_path / "home"
    EmbeddedServer(tmp_path / "home").delete()


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A home that every system user may enter, as one under /srv; pytest's own folders are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="tiqzy-test-"))
    folder.chmod(0o755)
    yield folder / "home"
    EmbeddedServer(folder / "home").delete()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[EmbeddedServer]:
    """A running server that the tests of one file share and leave as they found it."""
    with EmbeddedServer(tmp_path_factory.mktemp("shared") / "home") as server:
        yield server
    server.delete()
