"""What keeps tickets from a cart, or a cart from being paid, each with its status code."""

from collections.abc import Mapping

from api.errors import StatusCoded
from api.sale.errors import Conflict
from core.domain.money import Money


class TicketsRefused(StatusCoded):
    """Quantities that cannot be sold; `faults` says what is wrong by unit id, under "" what concerns them all."""

    status_code = 422
    title = "These tickets cannot be chosen"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class TooManyOrders(StatusCoded):
    """One network made order after order and had nothing held in any."""

    status_code = 429
    title = "Too many empty orders"
    retry_after_seconds = 600


class BuyerRefused(StatusCoded):
    """`faults` says what is wrong by field."""

    status_code = 422
    title = "Your details are not complete"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class SoldOut(Conflict):
    """Somebody was faster."""

    title = "Sold out in the meantime"


class PriceChanged(Conflict):
    """What the buyer saw is not what it costs now; nothing is held."""

    title = "The price has changed"

    def __init__(self, message: str, seen: Money, now: Money) -> None:
        super().__init__(message)
        self.seen = seen
        self.now = now


class HoldRefused(Conflict):
    """The supplier will not hold just these tickets."""

    title = "The supplier cannot hold these tickets"


class OtherCurrency(Conflict):
    title = "Your tickets are in another currency"


class CartFull(Conflict):
    title = "Your order is full"


class OrderUnknown(StatusCoded):
    """The Authorization header opens no order of this shop, or not the one in the address."""

    status_code = 401
    title = "The order's secret is missing or wrong"
