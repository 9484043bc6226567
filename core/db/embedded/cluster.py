"""What one server's folder can be told to do; the caller holds the lock. folders + programs -> initdb, pg_ctl"""

import shutil
import subprocess
import time
from functools import cached_property
from pathlib import Path

from core.db.addresses import Role
from core.db.embedded.address import SUPERUSER, ServerAddress
from core.db.embedded.binaries import binaries_for
from core.db.embedded.configuration import ACCESS_RULES, server_configuration
from core.db.embedded.folders import Folders, forget_socket_folder, socket_folder
from core.db.embedded.postmaster import Postmaster, find_postmaster, last_postmaster, reason_in, unlock
from core.errors import DatabaseError

INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    "--auth=scram-sha-256",
    "--data-checksums",
    "--encoding=UTF8",
    # The builtin provider sorts alike on every machine, and no system update can spoil an index.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
)
# Recovery after a crash may have a gigabyte of log to replay.
WAIT_SECONDS = 120
# After a SIGKILL the old server's children need a moment to see that it is gone.
ORPHANS_SECONDS = 15
ORPHANS_SIGN = "pre-existing shared memory block"


class Cluster:
    def __init__(self, folders: Folders, *, is_durable: bool) -> None:
        self.folders = folders
        self.is_durable = is_durable

    def is_running(self) -> bool:
        return find_postmaster(self.folders.data) is not None

    def address(self) -> ServerAddress:
        """Where the running server is, once it takes connections."""
        postmaster = self._ready()
        roles = (SUPERUSER, Role.OWNER, Role.SHOP)
        return ServerAddress(postmaster.socket_folder, {role: self.folders.password(role) for role in roles})

    def create(self) -> None:
        """Make the data folder unless it is there; it appears complete or not at all."""
        if self.folders.data.exists():
            self._check_release()
            return
        self.folders.password(SUPERUSER)
        scratch = self.folders.root / "data.new"
        if scratch.exists():
            shutil.rmtree(scratch)
        password_file = self.folders.run / f"{SUPERUSER}.password"
        options = INITDB_OPTIONS if self.is_durable else (*INITDB_OPTIONS, "--no-sync")
        result = self._run("initdb", *options, f"--pwfile={password_file}", "-D", scratch)
        if result.returncode != 0:
            raise DatabaseError(
                f"a new database could not be made: {reason_in(result.stderr) or result.stderr.strip()}"
            )
        scratch.rename(self.folders.data)

    def launch(self) -> None:
        """Start the server and wait until it takes connections, recovery after a crash included."""
        self._clear()
        folder = socket_folder(self.folders)
        self.folders.write(
            self.folders.data / "postgresql.conf", server_configuration(folder, is_durable=self.is_durable)
        )
        self.folders.write(self.folders.data / "pg_hba.conf", ACCESS_RULES)
        deadline = time.monotonic() + ORPHANS_SECONDS
        while (reason := self._try_launch()) is not None:
            if ORPHANS_SIGN not in reason or time.monotonic() > deadline:
                forget_socket_folder(self.folders, folder)
                raise DatabaseError(f"PostgreSQL did not start: {reason}")
            time.sleep(0.2)

    def halt(self) -> None:
        postmaster = find_postmaster(self.folders.data)
        if postmaster is None:
            return
        result = self._run("pg_ctl", "stop", "-D", self.folders.data, "-m", "fast", "-t", str(WAIT_SECONDS))
        if result.returncode != 0:
            raise DatabaseError(f"PostgreSQL did not stop within {WAIT_SECONDS} seconds (see {self.folders.log})")
        forget_socket_folder(self.folders, postmaster.socket_folder)

    def _ready(self) -> Postmaster:
        deadline = time.monotonic() + WAIT_SECONDS
        while (postmaster := find_postmaster(self.folders.data)) and time.monotonic() < deadline:
            if postmaster.is_ready:
                return postmaster
            time.sleep(0.05)
        raise DatabaseError(f"PostgreSQL started but takes no connections (see {self.folders.log})")

    def _clear(self) -> None:
        """Remove what a killed server left behind and would be in the way of the next."""
        if killed := last_postmaster(self.folders.data):
            unlock(self.folders.data, killed)
            forget_socket_folder(self.folders, killed.socket_folder)

    def _try_launch(self) -> str | None:
        """Why it did not start; None when it did."""
        seen = self.folders.log.stat().st_size if self.folders.log.exists() else 0
        options = ("-D", self.folders.data, "-l", self.folders.log, "-w", "-t", str(WAIT_SECONDS))
        result = self._run("pg_ctl", "start", *options)
        if result.returncode == 0:
            return None
        said = self.folders.log.read_bytes()[seen:].decode(errors="replace") if self.folders.log.exists() else ""
        return reason_in(said) or reason_in(result.stderr) or f"it does not say why (see {self.folders.log})"

    def _check_release(self) -> None:
        stored = (self.folders.data / "PG_VERSION").read_text().strip()
        ours = self._run("postgres", "--version").stdout.split()[-1].split(".")[0]
        if stored != ours:
            raise DatabaseError(
                f"{self.folders.data} was made by PostgreSQL {stored}, and this is {ours}: upgrade it first"
            )

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return self.folders.account.run([self._binaries / program, *arguments])

    @cached_property
    def _binaries(self) -> Path:
        return binaries_for(self.folders.account)
