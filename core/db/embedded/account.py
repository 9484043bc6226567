"""The system user that PostgreSQL runs as; it refuses to run as root."""

import fcntl
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import DatabaseError

SYSTEM_USER = "tiqzy-postgres"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run as this user; OSError when it may not run the program."""
        if os.geteuid() == self.uid:
            return _run(command)
        return _run(command, user=self.uid, group=self.gid, extra_groups=())

    def may_enter(self, folder: Path) -> bool:
        return self.run(["test", "-x", folder]).returncode == 0

    def own(self, path: Path) -> None:
        """Give it a file or folder that we made."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_account(folder: Path) -> Account:
    """The caller; for root, the user that already owns `folder`, or else our own system user."""
    if os.geteuid() != 0:
        return _account(os.geteuid(), os.getegid())
    if folder.exists() and folder.stat().st_uid != 0:
        return _account(folder.stat().st_uid, folder.stat().st_gid)
    return _system_account()


def _system_account() -> Account:
    if not _is_known(SYSTEM_USER):
        _create_system_user()
    entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    advice = f"create the system user {SYSTEM_USER} by hand, or run as a user other than root"
    if useradd is None:
        raise DatabaseError(f"PostgreSQL does not run as root and this system has no useradd: {advice}")
    with Path(useradd).open("rb") as turn:
        # Of two useradds at once the later one may give the name a new number.
        fcntl.flock(turn, fcntl.LOCK_EX)
        if _is_known(SYSTEM_USER):
            return
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        result = _run([useradd, *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER])
    if result.returncode != 0:
        reason = result.stderr.strip().removeprefix("useradd: ") or f"status {result.returncode}"
        raise DatabaseError(f"PostgreSQL does not run as root and useradd refused ({reason}): {advice}")


def _is_known(name: str) -> bool:
    with suppress(KeyError):
        return bool(pwd.getpwnam(name))
    return False


def _account(uid: int, gid: int) -> Account:
    try:
        return Account(pwd.getpwuid(uid).pw_name, uid, gid)
    except KeyError:
        return Account(str(uid), uid, gid)


def _run(command: Sequence[str | Path], **identity: Any) -> subprocess.CompletedProcess[str]:
    # None of our environment (PGDATA and the like), and a folder that every user may be in.
    return subprocess.run(  # noqa: S603 - every command is built here and in this package, from no input
        command,
        cwd="/",
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        # Ctrl-C is for us, who then stop the server; PostgreSQL's programs would give up half-way.
        start_new_session=True,
        text=True,
        errors="replace",
        check=False,
        **identity,
    )
