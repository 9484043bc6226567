"""The supplier's bookings: in memory, and in a SQLite file where one is given so that they survive a restart."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sandbox.providers.booking import Booking

SCHEMA = "CREATE TABLE IF NOT EXISTS booking (supplier TEXT, uuid TEXT, document TEXT, PRIMARY KEY (supplier, uuid))"


class StateFile:
    """What all suppliers of one sandbox have written down."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(SCHEMA)

    def read(self, supplier: str) -> Iterator[Booking]:
        rows = self._connection.execute("SELECT document FROM booking WHERE supplier = ?", (supplier,))
        return (Booking.model_validate_json(document) for (document,) in rows)

    def write(self, supplier: str, booking: Booking) -> None:
        row = (supplier, booking.uuid, booking.model_dump_json())
        self._connection.execute("INSERT OR REPLACE INTO booking VALUES (?, ?, ?)", row)

    def forget(self, supplier: str) -> None:
        self._connection.execute("DELETE FROM booking WHERE supplier = ?", (supplier,))

    def close(self) -> None:
        self._connection.close()


class Book:
    """One supplier's bookings by uuid."""

    def __init__(self, supplier: str, state: StateFile | None = None) -> None:
        self._supplier, self._state = supplier, state
        self._bookings = {booking.uuid: booking for booking in state.read(supplier)} if state else {}

    def __iter__(self) -> Iterator[Booking]:
        return iter(list(self._bookings.values()))

    def get(self, uuid: str) -> Booking | None:
        return self._bookings.get(uuid)

    def keep(self, booking: Booking) -> None:
        self._bookings[booking.uuid] = booking
        if self._state:
            self._state.write(self._supplier, booking)

    def clear(self) -> None:
        self._bookings.clear()
        if self._state:
            self._state.forget(self._supplier)
