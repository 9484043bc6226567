"""Ways to look at a server from outside."""

import multiprocessing
import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from core.db.embedded.postmaster import find_postmaster

Answer = TypeVar("Answer")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another system user")


def ask(url: str, query: str) -> object:
    """The first value of the first row."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def tell(url: str, *commands: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for command in commands:
            connection.execute(command)


def postmaster_pid(home) -> int:
    postmaster = find_postmaster((home / "postgres").resolve() / "data")
    assert postmaster is not None
    return postmaster.pid


@contextmanager
def program_of_the_servers_user(owned: Path) -> Iterator[int]:
    """The pid of some program that runs as the user who owns `owned`."""
    identity = {"user": owned.stat().st_uid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/usr/bin/sleep", "60"], **identity) as program:
        try:
            yield program.pid
        finally:
            program.kill()


def as_nobody(attempt: Callable[[], Answer]) -> Answer:
    """What `attempt` returns to the system user nobody."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def child() -> None:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        sender.send(attempt())

    process = context.Process(target=child)
    process.start()
    sender.close()
    try:
        return receiver.recv()
    finally:
        process.join()
