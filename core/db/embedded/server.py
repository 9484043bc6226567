"""The one PostgreSQL server of a home. home folder -> a running server -> its address"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from core.db.embedded.account import server_account
from core.db.embedded.address import ServerAddress
from core.db.embedded.cluster import Cluster
from core.db.embedded.folders import place, remove
from core.errors import DatabaseError


class EmbeddedServer:
    """Every method may be called from several processes at once, and each failure is a DatabaseError of one sentence.

    A server that is not durable forgets under a power cut, and is quick: for tests.
    """

    def __init__(self, home: Path, *, is_durable: bool = True) -> None:
        self.home = home.absolute()
        self._is_durable = is_durable

    def start(self) -> ServerAddress:
        """Make it if it is not there, start it if it is not running, and say where it is."""
        with self._alone():
            cluster = self._cluster()
            if not cluster.is_running():
                cluster.create()
                cluster.launch()
            return cluster.address()

    def stop(self) -> None:
        """Stop it cleanly if it is running: sessions are cut off and their open transactions rolled back."""
        if self._exists():
            with self._alone():
                self._cluster().halt()

    def address(self) -> ServerAddress | None:
        """Where it is; None when it is not running."""
        if not self._exists():
            return None
        with self._alone():
            cluster = self._cluster()
            return cluster.address() if cluster.is_running() else None

    def delete(self) -> None:
        """Stop it and delete its data."""
        self.stop()
        if self.home.exists():
            with self._alone():
                remove(self.home)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _exists(self) -> bool:
        entry = self.home / "postgres"
        return entry.is_symlink() or entry.exists()

    def _cluster(self) -> Cluster:
        account = server_account(self.home / "postgres")
        return Cluster(place(self.home, account), is_durable=self._is_durable)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with (self.home / "postgres.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            where = error.filename or self.home
            raise DatabaseError(f"the database's files cannot be used: {error.strerror} ({where})") from error
