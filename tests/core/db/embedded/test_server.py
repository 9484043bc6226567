"""The embedded server's life: start, stop, crash, start again."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import psycopg
import pytest

from core.db.embedded import EmbeddedServer
from core.settings import ROOT
from tests.core.db.probes import ask, postmaster_pid, program_of_the_servers_user, tell

quick = partial(EmbeddedServer, is_durable=False)

KEEP_A_ROW = ("CREATE TABLE kept (value int)", "INSERT INTO kept VALUES (42)")


def test_a_restarted_server_has_its_data_and_its_passwords(home):
    with quick(home) as server:
        first = server.start()
        tell(first.superuser_url, *KEEP_A_ROW)
    assert server.address() is None
    with quick(home) as server:
        assert server.start() == first
        assert ask(first.superuser_url, "SELECT value FROM kept") == 42


def test_a_killed_server_starts_again_with_what_was_committed(home):
    address = EmbeddedServer(home).start()
    tell(address.superuser_url, *KEEP_A_ROW)
    with psycopg.connect(address.superuser_url) as writing:
        writing.execute("INSERT INTO kept VALUES (43)")
        os.kill(postmaster_pid(home), signal.SIGKILL)
        assert EmbeddedServer(home).start() == address
        with pytest.raises(psycopg.OperationalError):
            writing.commit()
    assert ask(address.superuser_url, "SELECT array_agg(value) FROM kept") == [42]


def test_a_killed_servers_pid_may_belong_to_another_program_by_now(home):
    address = quick(home).start()
    os.kill(postmaster_pid(home), signal.SIGKILL)
    pid_file = (home / "postgres").resolve() / "data" / "postmaster.pid"
    with program_of_the_servers_user(pid_file) as pid:
        lines = pid_file.read_text().splitlines(keepends=True)
        pid_file.write_text("".join([f"{pid}\n", *lines[1:]]))
        assert quick(home).address() is None
        assert quick(home).start() == address


def test_several_starts_at_once_make_one_server(home):
    with ThreadPoolExecutor(4) as starters:
        addresses = list(starters.map(lambda _: quick(home).start(), range(4)))
    assert addresses == [addresses[0]] * 4
    assert ask(addresses[0].superuser_url, "SELECT 1") == 1


def test_stopping_cuts_off_open_sessions_and_is_no_error_twice(home):
    server = quick(home)
    with psycopg.connect(server.start().superuser_url) as connection:
        server.stop()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    server.stop()
    assert server.address() is None


def test_asking_and_stopping_make_nothing(home):
    server = quick(home)
    server.stop()
    assert server.address() is None
    assert not home.exists()


def test_a_power_cut_during_the_making_leaves_nothing_in_the_way(home):
    with quick(home):
        pass
    folder = (home / "postgres").resolve()
    (folder / "data").rename(folder / "data.new")
    (folder / "data.new" / "PG_VERSION").unlink()
    with quick(home) as server:
        assert ask(server.start().superuser_url, "SELECT 1") == 1


def test_a_server_keeps_what_it_is_told_to_keep(home):
    url = EmbeddedServer(home).start().superuser_url
    settings = ("data_checksums", "fsync", "full_page_writes", "synchronous_commit")
    assert {name: ask(url, f"SHOW {name}") for name in settings} == dict.fromkeys(settings, "on")
    assert ask(url, "SELECT datlocale FROM pg_database WHERE datname = 'template1'") == "C.UTF-8"


def test_the_command_starts_asks_and_stops(home):
    def command(action: str) -> str:
        environment = {"TIQZY_HOME": str(home), "PATH": "/usr/bin:/bin"}
        run = [sys.executable, "-m", "core.db.embedded", action]
        answer = subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
        return answer.stdout.strip()

    assert command("start").startswith("running, socket in /")
    assert command("status").startswith("running, socket in /")
    assert command("stop") == "stopped"
    assert command("status") == "not running"
