"""All objects of the account, in SQLite: in memory, or in a file that outlives the process. Object <-> row"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

from sandbox.stripe.objects.base import StripeObject
from sandbox.stripe.objects.event import Delivery, Event
from sandbox.stripe.objects.money import BalanceTransaction, Payout, Refund
from sandbox.stripe.objects.payment import Charge, PaymentIntent, PaymentMethod
from sandbox.stripe.objects.session import LineItem, Session

Kind = TypeVar("Kind", bound=StripeObject)
KINDS: tuple[type[StripeObject], ...] = (
    *(Session, LineItem, PaymentIntent, PaymentMethod, Charge),
    *(Refund, BalanceTransaction, Payout, Event, Delivery),
)
BY_NAME = {kind.kind(): kind for kind in KINDS}
IN_MEMORY = ":memory:"
# What lists are filtered by often enough to deserve an index.
INDEXED = ("payment_intent", "charge", "session", "payout", "source")
SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, created INT NOT NULL, number INTEGER NOT NULL, due_at INT, document TEXT
);
CREATE INDEX IF NOT EXISTS by_age ON object (kind, created, number);
CREATE INDEX IF NOT EXISTS by_due ON object (kind, due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS reply (
  key TEXT PRIMARY KEY, fingerprint TEXT, status INT, body BLOB, request_id TEXT, created INT
);
CREATE INDEX IF NOT EXISTS reply_by_age ON reply (created);
"""


@dataclass(frozen=True)
class KeptReply:
    """What the first request with an idempotency key was answered."""

    key: str
    fingerprint: str
    status: int
    body: bytes
    request_id: str
    created: int


class Store:
    """Objects come out as copies: a change counts once it is put back."""

    def __init__(self, path: Path | None = None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(path or IN_MEMORY, isolation_level=None, check_same_thread=False)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.executescript(SCHEMA)
        for name in INDEXED:
            field = json_field(name)
            self.connection.execute(
                f"CREATE INDEX IF NOT EXISTS by_{name} ON object (kind, {field}) WHERE {field} IS NOT NULL"
            )
        self.count: int = self.connection.execute("SELECT coalesce(max(number), 0) FROM object").fetchone()[0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing, as a request of Stripe's is."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def next_number(self) -> int:
        """One more than ever before, so that ids repeat from run to run and never within one."""
        self.count += 1
        return self.count

    def put(self, thing: StripeObject) -> None:
        self.connection.execute(
            "INSERT INTO object VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, document = excluded.document",
            (
                thing.id,
                thing.kind(),
                thing.created,
                self.next_number(),
                thing.due_at,
                thing.model_dump_json(exclude_defaults=True),
            ),
        )

    def forget(self, thing: StripeObject) -> None:
        self.connection.execute("DELETE FROM object WHERE id = ?", (thing.id,))

    def get(self, kind: type[Kind], object_id: str) -> Kind | None:
        row = self.connection.execute(
            "SELECT document FROM object WHERE id = ? AND kind = ?", (object_id, kind.kind())
        ).fetchone()
        return kind.model_validate_json(row[0]) if row else None

    def any(self, object_id: str) -> StripeObject | None:
        row = self.connection.execute("SELECT kind, document FROM object WHERE id = ?", (object_id,)).fetchone()
        return BY_NAME[row[0]].model_validate_json(row[1]) if row else None

    def every(self, kind: type[Kind], **equal: object) -> list[Kind]:
        """Those whose fields have these values, oldest first."""
        where = "".join(f" AND {json_field(name)} IS ?" for name in equal)
        rows = self.connection.execute(
            f"SELECT document FROM object WHERE kind = ?{where} ORDER BY created, number",  # noqa: S608 - names are ours
            (kind.kind(), *equal.values()),
        )
        return [kind.model_validate_json(document) for (document,) in rows.fetchall()]

    def due(self, kind: type[Kind], now: int, *, made_after: int = 0) -> list[Kind]:
        rows = self.documents(
            "kind = ? AND due_at <= ? AND created > ? ORDER BY due_at, created, number", [kind.kind(), now, made_after]
        )
        return [kind.model_validate_json(document) for document in rows]

    def due_first(self, kind: type[Kind], now: int, *, made_after: int = 0) -> list[Kind]:
        """Of those due by now, the ones whose moment came first."""
        # While history is made, tens of thousands are due and wait: only the few made since are looked at.
        those = "object INDEXED BY by_age" if made_after else "object"
        first = self.connection.execute(
            f"SELECT due_at FROM {those} WHERE kind = ? AND due_at <= ? AND created > ?"  # noqa: S608 - ours
            " ORDER BY due_at LIMIT 1",
            (kind.kind(), now, made_after),
        ).fetchone()
        return [] if first is None else self.due(kind, first[0], made_after=made_after)

    def documents(self, condition: str, values: list[Any]) -> list[str]:
        """JSON of the objects that fulfil an SQL condition."""
        rows = self.connection.execute(f"SELECT document FROM object WHERE {condition}", values)  # noqa: S608 - ours
        return [document for (document,) in rows.fetchall()]

    def place(self, object_id: str) -> tuple[int, int] | None:
        """Where an object stands in the order of lists."""
        row = self.connection.execute("SELECT created, number FROM object WHERE id = ?", (object_id,)).fetchone()
        return row and (row[0], row[1])

    def keep_reply(self, reply: KeptReply) -> None:
        self.connection.execute("INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?, ?, ?)", astuple(reply))

    def reply(self, key: str) -> KeptReply | None:
        row = self.connection.execute("SELECT * FROM reply WHERE key = ?", (key,)).fetchone()
        return KeptReply(*row) if row else None

    def forget_replies(self, before: int) -> None:
        self.connection.execute("DELETE FROM reply WHERE created < ?", (before,))

    def numbers(self) -> Mapping[str, int]:
        return dict(self.connection.execute("SELECT kind, count(*) FROM object GROUP BY kind").fetchall())

    def clear(self) -> None:
        self.connection.execute("DELETE FROM object")
        self.connection.execute("DELETE FROM reply")


def json_field(name: str) -> str:
    return f"json_extract(document, '$.{name}')"
