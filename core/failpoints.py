"""Named points of a sale at which a process can be made to die, so that a test proves what survives it.

Every outside call has three: its intent is committed, the call is over, its result is committed. Nothing happens at
any of them unless one is armed, and production cannot arm one.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn

KILLED_EXIT_CODE: Final = 137


class Call(StrEnum):
    """The outside calls of a sale."""

    HOLD = "hold"
    EXTEND = "extend"
    CONFIRM = "confirm"
    ASK_BOOKING = "ask_booking"
    CANCEL = "cancel"
    RELEASE = "release"
    OPEN_PAYMENT = "open_payment"
    ASK_PAYMENT = "ask_payment"
    EXPIRE_PAYMENT = "expire_payment"
    CAPTURE_PAYMENT = "capture_payment"
    CANCEL_PAYMENT = "cancel_payment"
    REFUND = "refund"
    ASK_REFUND = "ask_refund"
    MAIL = "mail"


class Moment(StrEnum):
    INTENDED = "intended"
    CALLED = "called"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class FailPoint:
    call: Call
    moment: Moment

    def __str__(self) -> str:
        return f"{self.call}.{self.moment}"


ALL: Final = tuple(FailPoint(call, moment) for call in Call for moment in Moment)


def _die() -> NoReturn:
    os._exit(KILLED_EXIT_CODE)


class FailPoints:
    """One process's points: how often each was passed, and which are deadly. `die` may be replaced by a test."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.die: Callable[[], NoReturn] = _die
        self._passes_left: dict[str, int] = {}

    def arm(self, text: str) -> None:
        """`confirm.called` dies at the first pass, `confirm.called:3` at the third; of several, the first reached.

        ValueError for an unknown name.
        """
        for wanted in text.split(","):
            name, _, count = wanted.partition(":")
            if name not in {str(point) for point in ALL}:
                raise ValueError(f"{name} is no fail-point")
            self._passes_left[name] = int(count or 1)

    def disarm(self) -> None:
        self._passes_left.clear()

    def reach(self, call: Call, moment: Moment) -> None:
        name = f"{call}.{moment}"
        self.passed[name] += 1
        if name in self._passes_left:
            self._passes_left[name] -= 1
            if self._passes_left[name] <= 0:
                self.disarm()
                self.die()


fail_points: Final = FailPoints()
