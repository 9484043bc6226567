"""Who may reach the embedded server: whoever may enter its folder and knows a password."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.db.addresses import Role
from core.db.embedded import EmbeddedServer, ServerAddress
from core.db.embedded.address import SUPERUSER
from tests.core.db.probes import as_nobody, ask, needs_root
from tests.fixtures.postgres import deleted_after, folder_for_a_server


@pytest.fixture(scope="module")
def address() -> Iterator[ServerAddress]:
    with folder_for_a_server() as folder, deleted_after(EmbeddedServer(folder, is_durable=False)) as server:
        yield server.start()


def test_the_folder_of_socket_and_passwords_is_closed_to_others(address):
    folder = address.socket_folder
    modes = {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.iterdir()]}
    assert modes.pop(folder.name) == 0o700
    assert modes[".s.PGSQL.5432"] == 0o700
    assert {name: mode for name, mode in modes.items() if name.endswith(".password")} == {
        "postgres.password": 0o600,
        "tiqzy.password": 0o600,
        "tiqzy_shop.password": 0o600,
    }


def test_the_server_listens_on_no_port(address):
    assert ask(address.superuser_url, "SHOW listen_addresses") == ""


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_is_refused_even_to_the_servers_own_user(address, password):
    guess = ServerAddress(address.socket_folder, {SUPERUSER: password})
    with pytest.raises(psycopg.OperationalError, match=r"password authentication failed|no password supplied"):
        psycopg.connect(guess.superuser_url)


def test_passwords_are_kept_as_scram(address):
    assert str(ask(address.superuser_url, "SELECT rolpassword FROM pg_authid WHERE oid = 10")).startswith(
        "SCRAM-SHA-256$"
    )
    rules = "SELECT string_agg(DISTINCT type || ' ' || auth_method, ',') FROM pg_hba_file_rules"
    assert ask(address.superuser_url, rules) == "local scram-sha-256"


def test_an_address_that_is_printed_shows_no_password(address):
    assert not [role for role in (SUPERUSER, Role.OWNER, Role.SHOP) if address.passwords[role] in repr(address)]


@needs_root
def test_another_system_user_cannot_reach_the_socket(address):
    path = address.socket_folder / ".s.PGSQL.5432"
    assert _knock(path) is None
    assert as_nobody(lambda: _knock(path)) is PermissionError


def _knock(path: Path) -> type[OSError] | None:
    with socket.socket(socket.AF_UNIX) as knocking:
        try:
            knocking.connect(str(path))
        except OSError as refusal:
            return type(refusal)
    return None
