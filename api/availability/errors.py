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


class SlotGone(Gone):
    """Its sale has closed, the supplier withdrew it, or there never was such a time."""

    title = "This time can no longer be booked"
