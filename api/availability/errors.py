"""What keeps a day from being shown, each with its status code."""

from api.errors import Gone, NotFound, Unavailable


class DayIsOver(Gone):
    title = "This day is over"


class DayNotOnSale(NotFound):
    """Not a date, or further ahead than any shop sells."""

    title = "Nothing is on sale for this date"


class AvailabilityUnknown(Unavailable):
    """The supplier does not answer and the catalogue holds nothing of this day."""

    title = "Times cannot be checked right now"
