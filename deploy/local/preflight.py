"""Looks before the leap: what would make a run fail later is said now, in one sentence."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

from deploy.local.errors import CannotRun

# A first run writes some 0.5 GB: PostgreSQL's own files, the lake, five releases, logs.
NEEDED_BYTES = 1_000_000_000


def check_home(home: Path) -> None:
    """CannotRun when `home` cannot be made, written, or has too little disk left."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".probe"
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError as error:
        raise CannotRun(f"{home} cannot be written: {error.strerror}.") from error
    free = shutil.disk_usage(home).free
    if free < NEEDED_BYTES:
        raise CannotRun(
            f"Only {free / 1e9:.1f} GB is free on the disk of {home}; {NEEDED_BYTES / 1e9:.0f} GB is needed: "
            "free some, or set TIQZY_HOME to a folder elsewhere."
        )


def check_ports(ports: Mapping[int, str]) -> None:
    """CannotRun when one of `ports` (port -> its setting) is taken; names the process that has it."""
    for port, setting in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                if error.errno == errno.EACCES:
                    raise CannotRun(
                        f"Port {port} needs rights that you do not have: set {setting} to another."
                    ) from error
                raise CannotRun(
                    f"Port {port} is in use by {_holder(port)}: end it, or set {setting} to a free port."
                ) from error


@contextmanager
def only_run(home: Path) -> Iterator[None]:
    """Holds `home` for this run; CannotRun when another run has it."""
    with (home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise CannotRun(
                f"Tiqzy already runs on {home} (process {lock.read().strip()}): stop that one first, with Ctrl-C there."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections(kind="tcp"):
            is_it = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port
            if is_it and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        pass
    return "another user's process"
