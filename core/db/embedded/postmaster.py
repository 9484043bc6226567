"""The server process, as its pid file and its log tell of it."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

# What a client hears that knocks too early is no reason of a failed start.
SEVERE = re.compile(r"\b(?:FATAL|PANIC|error):\s+(?!the database system is )(.+)")
DISK_FULL = re.compile("No space left on device|Check free disk space")


@dataclass(frozen=True, slots=True)
class Postmaster:
    pid: int
    socket_folder: Path
    is_ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on this data folder, if one does."""
    postmaster = last_postmaster(data)
    return postmaster if postmaster and _serves(postmaster.pid, data) else None


def last_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on this data folder, or ran and was killed."""
    # Lines: 1 the pid, 5 the socket's folder, 8 the state. The file is written in steps.
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), Path(lines[4]), is_ready=[line.strip() for line in lines[7:8]] == ["ready"])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def unlock(data: Path, killed: Postmaster) -> None:
    """Remove a killed server's locks when its pid now belongs to another program.

    PostgreSQL does this itself when no process has the pid; another program with that pid it takes for a server.
    """
    if _is_alive(killed.pid):
        (data / "postmaster.pid").unlink()
        (killed.socket_folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def reason_in(output: str) -> str | None:
    """The first severe message of what PostgreSQL's programs said; what follows it is its consequence."""
    message = SEVERE.search(output)
    if message is None:
        return None
    return f"the disk is full ({message[1]})" if DISK_FULL.search(output) else message[1]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(pid: int, data: Path) -> bool:
    if not Path("/proc/self/cmdline").exists():
        return _is_alive(pid)
    try:
        # A killed server that nobody waited for has an empty command line.
        return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
