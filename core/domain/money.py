"""Money as integer minor units of an ISO 4217 currency; no float ever touches an amount."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount: `minor` units of `currency`, where 10**`precision` minor units make one major unit.

    Amounts of two currencies, or of two precisions of one, never mix: ValueError.
    """

    minor: int
    currency: str
    precision: int = 2

    def __add__(self, other: Self) -> Self:
        return self._with(self.minor + self._minor_of(other))

    def __sub__(self, other: Self) -> Self:
        return self._with(self.minor - self._minor_of(other))

    def __mul__(self, count: int) -> Self:
        return self._with(self.minor * count)

    def __lt__(self, other: Self) -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: Self) -> bool:
        return self.minor <= self._minor_of(other)

    @property
    def major(self) -> Decimal:
        """The amount as people write it: 12.50 for 1,250 minor units at precision 2."""
        return Decimal(self.minor).scaleb(-self.precision)

    def share_bps(self, bps: int) -> Self:
        """`bps` basis points of the amount, half a minor unit rounded away from zero."""
        product = self.minor * bps
        half_up = (abs(product) * 2 + 10_000) // 20_000
        return self._with(half_up if product >= 0 else -half_up)

    def split(self, weights: list[int]) -> list[Self]:
        """Parts in proportion to `weights` that add up to the amount to the last minor unit.

        ValueError when there is no positive weight to split by.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("split needs weights of zero or more, with one above zero")
        parts, given, seen = [], 0, 0
        for weight in weights:
            seen += weight
            upto = self.minor * seen // total
            parts.append(self._with(upto - given))
            given = upto
        return parts

    def _with(self, minor: int) -> Self:
        return type(self)(minor, self.currency, self.precision)

    def _minor_of(self, other: Self) -> int:
        if (other.currency, other.precision) != (self.currency, self.precision):
            raise ValueError(f"{self.currency}/{self.precision} and {other.currency}/{other.precision} do not mix")
        return other.minor
