"""Passwords as argon2id hashes; checking one costs the same whether or not the account exists."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# One check takes 64 MiB and a core for some 50 ms: more at once would let sign-ins crowd out the shop.
CHECKS_AT_ONCE = 2

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash, with its salt and parameters in it."""
    return _hasher.hash(password)


def new_password() -> str:
    """A random password of 96 bits, for an account that a program makes."""
    return secrets.token_urlsafe(12)


class PasswordCheck:
    """Checks passwords off the event loop, a few at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(CHECKS_AT_ONCE)
        self._hash_of_nobody = hash_password(new_password())

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """False for an account that does not exist (None), after the same work."""
        async with self._places:
            is_right = await asyncio.to_thread(_verify, password_hash or self._hash_of_nobody, password)
        return is_right and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
