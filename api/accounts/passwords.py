"""Passwords as argon2id hashes; checking one costs the same whether or not the account exists."""

import asyncio
import secrets
from functools import cached_property

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

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """False for an account that does not exist (None), after the same work."""
        async with self._places:
            is_right = await asyncio.to_thread(self._verify, password_hash, password)
        return is_right and password_hash is not None

    @cached_property
    def _hash_of_nobody(self) -> str:
        # Made at the first check: at the start of a process it would keep everybody waiting.
        return hash_password(new_password())

    def _verify(self, password_hash: str | None, password: str) -> bool:
        # Asked for in either case: a first check for nobody must not take longer than one for somebody.
        of_nobody = self._hash_of_nobody
        try:
            return _hasher.verify(password_hash or of_nobody, password)
        except (VerificationError, InvalidHashError):
            return False
