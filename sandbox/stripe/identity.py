"""Ids that look like Stripe's and repeat from run to run. Seed + number -> id"""

from hashlib import blake2b
from string import ascii_letters, digits

ALPHABET = digits + ascii_letters
LENGTH = 24
SESSION_LENGTH = 56


def object_id(prefix: str, *about: object) -> str:
    """The prefix and 24 letters; 56 for sessions, as in Stripe's test mode."""
    length = SESSION_LENGTH if prefix.startswith("cs_") else LENGTH
    digest = blake2b("\x1f".join(map(str, (prefix, *about))).encode(), digest_size=64).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(length):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return f"{prefix}_{''.join(letters)}"
