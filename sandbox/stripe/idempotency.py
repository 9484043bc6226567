"""`Idempotency-Key`: the same request twice is done once. Key + request -> kept reply"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from sandbox.stripe.errors import IdempotencyMismatch, InvalidRequest, KeyInUse
from sandbox.stripe.store import KeptReply, Store

LONGEST = 255


@dataclass
class Keys:
    """`in_flight` are those whose first request is still being worked on."""

    store: Store
    in_flight: set[str] = field(default_factory=set)

    @contextmanager
    def claim(self, key: str, fingerprint: str) -> Iterator[KeptReply | None]:
        """The reply the key already had; None when this is the first time.

        KeyInUse while another request has the key, IdempotencyMismatch when it was for something else.
        """
        if len(key) > LONGEST:
            raise InvalidRequest(f"Idempotency keys may have {LONGEST} characters.")
        if key in self.in_flight:
            raise KeyInUse(
                f"There is currently another in-progress request using this Idempotent Key: {key}. Please try again"
                " later."
            )
        kept = self.store.reply(key)
        if kept and kept.fingerprint != fingerprint:
            raise IdempotencyMismatch(
                f"Keys for idempotent requests can only be used with the same parameters they were first used with."
                f" Try using a key other than '{key}' if you meant to execute a different request."
            )
        self.in_flight.add(key)
        try:
            yield kept
        finally:
            self.in_flight.discard(key)


def fingerprint(method: str, path: str, body: bytes) -> str:
    """Of a request as it was sent; the order of its parameters is part of it."""
    return sha256(b"\x1f".join((method.encode(), path.encode(), body))).hexdigest()
