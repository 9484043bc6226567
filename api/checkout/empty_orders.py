"""How many orders a network may make and put nothing in. made -> counted, or TooManyOrders; filled -> forgotten

A row is cheap to ask for and stays; the cart of a page is made with its first tickets, and needs no such limit.
"""

from datetime import timedelta
from typing import Final

from fastapi import Request

from api.accounts.attempts import AttemptLimit
from api.accounts.errors import TooManyAttempts
from api.accounts.service import network_of
from api.checkout.errors import TooManyOrders
from core.domain.clock import Clock

EMPTY_ORDERS: Final = 50
WINDOW: Final = timedelta(minutes=10)


class EmptyOrders:
    """In this process; a program whose orders come to something never meets the limit."""

    def __init__(self, clock: Clock) -> None:
        self._made = AttemptLimit(EMPTY_ORDERS, WINDOW, clock=clock)

    def count(self, network: str) -> None:
        """Before the order is made. TooManyOrders."""
        try:
            self._made.take(network)
        except TooManyAttempts as refusal:
            raise TooManyOrders(f"Put tickets into one of them. {refusal}") from None

    def forget(self, network: str) -> None:
        self._made.forget(network)


def network(request: Request) -> str:
    """Of whoever asks."""
    return network_of(request.client.host if request.client else "unknown")
