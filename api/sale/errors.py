"""What a buyer can be told about his sale, each with its status code."""

from api.errors import Gone, NotFound, StatusCoded, Unavailable


class OrderNotFound(NotFound):
    title = "There is no such order"


class Conflict(StatusCoded):
    status_code = 409
    title = "This cannot be done any more"


class CartEmpty(Conflict):
    title = "There is nothing to pay for"


class CartClosed(Conflict):
    """The order is being paid, or is paid: its items cannot be changed."""

    title = "This order cannot be changed"


class NotCancellable(Conflict):
    """The cutoff has passed, or there is nothing to cancel."""

    title = "This booking cannot be cancelled"


class HoldGone(Gone):
    """An item is no longer held; `order_item_id` says which."""

    title = "Your tickets are no longer held"

    def __init__(self, message: str, order_item_id: str) -> None:
        super().__init__(message)
        self.order_item_id = order_item_id


class PaymentsDown(Unavailable):
    title = "Payments are not available right now"
