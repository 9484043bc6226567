"""Chance that repeats: every draw follows from the seed and the words it is about."""

from hashlib import blake2b
from random import Random

TABLE_SIZE = 1 << 13


def draw(*about: object) -> int:
    """A number of 63 bits that is always the same for the same words."""
    digest = blake2b("\x1f".join(map(str, about)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def percent(*about: object) -> int:
    """A draw from 0 to 99."""
    return draw(*about) % 100


class Noise:
    """Cheap noise for the inner loops: a table of percents, 0 to 99, walked by key, day and slot."""

    def __init__(self, seed: int) -> None:
        random = Random(draw("noise", seed))  # noqa: S311 - a simulation, not a secret
        self._table = [random.randrange(100) for _ in range(TABLE_SIZE)]

    def row(self, key: int, day: int, count: int) -> list[int]:
        """`count` values for the slots of one day."""
        start = (key ^ (day * 2654435761)) & (TABLE_SIZE - 1)
        row = self._table[start : start + count]
        return row if len(row) == count else row + self._table[: count - len(row)]
