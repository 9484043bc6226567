"""What a check of a password costs: nothing at a start, and as much for nobody as for somebody."""

from typing import Any

import pytest
from argon2 import PasswordHasher

from api.accounts import passwords
from api.accounts.passwords import PasswordCheck, hash_password


class CountingHasher(PasswordHasher):
    """A true one that keeps count."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64)
        self.work: list[str] = []

    def hash(self, *given: Any, **options: Any) -> str:
        self.work.append("hash")
        return super().hash(*given, **options)

    def verify(self, *given: Any) -> bool:
        self.work.append("verify")
        return super().verify(*given)


@pytest.fixture
def hasher(monkeypatch) -> CountingHasher:
    counting = CountingHasher()
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


async def test_a_start_waits_for_no_hash_and_nobody_costs_what_somebody_costs(hasher):
    stored = hash_password("right")
    hasher.work.clear()

    checks = PasswordCheck(), PasswordCheck()
    assert not hasher.work

    for check, known in zip(checks, (None, stored), strict=True):
        assert await check.matches("right", known) is (known is not None)
        assert hasher.work == ["hash", "verify"]
        hasher.work.clear()

    assert not await checks[0].matches("right", None)
    assert hasher.work == ["verify"]
