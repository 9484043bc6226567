"""The server process, as its pid file and its log tell of it."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SEVERE = re.compile(r"\b(?:FATAL|PANIC):\s+(?P<message>.+)")


@dataclass(frozen=True, slots=True)
class Postmaster:
    pid: int
    socket_folder: Path
    is_ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on this data folder, if one does."""
    postmaster = _in_pid_file(data)
    return postmaster if postmaster and _serves(postmaster.pid, data) else None


def forget_stale_postmaster(data: Path) -> None:
    """Remove what a killed server left, when its pid now belongs to another program.

    PostgreSQL does this itself when no process has the pid; another program with that pid it takes for a server.
    """
    postmaster = _in_pid_file(data)
    if postmaster and _is_alive(postmaster.pid) and not _serves(postmaster.pid, data):
        (data / "postmaster.pid").unlink()
        (postmaster.socket_folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def reason_in_log(log: Path, seen: int) -> str | None:
    """The last severe message after the first `seen` bytes."""
    with suppress(FileNotFoundError), log.open("rb") as file:
        file.seek(seen)
        messages = SEVERE.findall(file.read().decode(errors="replace"))
        return messages[-1] if messages else None
    return None


def _in_pid_file(data: Path) -> Postmaster | None:
    # Lines: 1 the pid, 5 the socket's folder, 8 the state. The file is written in steps.
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), Path(lines[4]), lines[7:8] != [] and lines[7].strip() == "ready")
    except (FileNotFoundError, IndexError, ValueError):
        return None


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
