"""What a buyer can be told about his order besides what api.sale.errors has.

StatusCoded
├── SecretMissing      401
├── NoTicketsYet       409
└── TooManyLetters     429
"""

from api.errors import StatusCoded
from api.sale.errors import Conflict


class SecretMissing(StatusCoded):
    """A program asked about an order without saying which."""

    status_code = 401
    title = "The order's secret is missing"


class NoTicketsYet(Conflict):
    """Nothing of the order has tickets: not yet, or not any more."""

    title = "This order has no tickets"


class TooManyLetters(StatusCoded):
    """One more mail would not help, and may harm the shop's name at mail servers."""

    status_code = 429
    title = "We have sent this mail several times today"
