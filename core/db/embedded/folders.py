"""Where the embedded server keeps its things. home -> data, socket folder, passwords, log

`<home>/postgres` is a folder of mode 0700 that belongs to the server's user. When that user may not enter the home
(root's own home is 0700), the folder stands under /var/lib/tiqzy and `<home>/postgres` is a link to it: no permission
of a folder that is not ours is ever changed.
"""

import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.db.embedded.account import Account
from core.errors import DatabaseError

SHARED = Path("/var/lib/tiqzy")
SOCKET_NAME = ".s.PGSQL.5432"
# Linux takes 107 bytes, macOS 103.
MAX_SOCKET_PATH = 103


@dataclass(frozen=True, slots=True)
class Folders:
    """`root` is real: links are followed, so that paths are as short as they can be."""

    root: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    def password(self, role: str) -> str:
        """The role's password, made and kept (mode 0600) when first asked for."""
        path = self.run / f"{role}.password"
        if not path.exists():
            self.write(path, secrets.token_hex(24))
        return path.read_text().strip()

    def write(self, path: Path, text: str) -> None:
        """Write a file of mode 0600 that is there whole or not at all, following no link that stands in its place."""
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            self.account.own(Path(scratch))
            Path(scratch).replace(path)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise

    def make(self, folder: Path) -> None:
        """Make a folder that only the server's user may enter, unless it is there."""
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self.account.own(folder)


def place(home: Path, account: Account) -> Folders:
    """Find or make the server's folder of this home."""
    entry = home / "postgres"
    if entry.is_symlink() and not entry.exists():
        raise DatabaseError(f"{entry} leads to {entry.readlink()}, which is gone: bring it back, or remove the link")
    if not entry.exists():
        _make(entry, account)
    folders = Folders(entry.resolve(), account)
    if not account.may_enter(folders.root):
        raise DatabaseError(f"the user {account.name} may not enter {folders.root}, where the database is")
    folders.make(folders.run)
    return folders


def socket_folder(folders: Folders) -> Path:
    """A path of the socket's folder that is short enough; a long one is reached through a link in a short place."""
    if len(os.fsencode(folders.run / SOCKET_NAME)) <= MAX_SOCKET_PATH:
        return folders.run
    # Not tempfile's default: TMPDIR may itself be long.
    base = "/run" if os.access("/run", os.W_OK) else "/tmp"  # noqa: S108 - only a fresh folder of mode 0700 is made in it
    short = Path(tempfile.mkdtemp(prefix="tiqzy-", dir=base))
    (short / "run").symlink_to(folders.run)
    folders.account.own(short)
    return short / "run"


def forget_socket_folder(folders: Folders, path: Path) -> None:
    """Remove the short way to the socket's folder, if `path` is one."""
    if path.is_symlink() and path.readlink() == folders.run:
        path.unlink()
        path.parent.rmdir()


def remove(home: Path) -> None:
    """Delete the server's folder, wherever it is."""
    entry = home / "postgres"
    with suppress(FileNotFoundError):
        shutil.rmtree(entry.resolve())
    if entry.is_symlink():
        entry.unlink()


def shared_folder() -> Path:
    """Root's place for what the server's user cannot reach elsewhere."""
    if not SHARED.exists():
        SHARED.mkdir(exist_ok=True)
        # Whatever the umask says, the server's user must pass.
        SHARED.chmod(0o755)
    return SHARED


def _make(entry: Path, account: Account) -> None:
    entry.parent.mkdir(parents=True, exist_ok=True)
    if account.may_enter(entry.parent):
        Folders(entry, account).make(entry)
        return
    # A name of its own each time: a home that was deleted and made anew must not find the old data.
    own = Path(tempfile.mkdtemp(prefix=f"{entry.parent.parent.name}-", dir=shared_folder()))
    account.own(own)
    entry.symlink_to(own)
