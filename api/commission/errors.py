"""What our people can be told of a payout."""

from api.errors import BadRequest, NotFound, StatusCoded


class ReferenceMissing(BadRequest):
    title = "Say what the transfer is called"


class OwedChanged(StatusCoded):
    """Since the page was shown, something of the amount was paid out, or more was earned before that moment."""

    status_code = 409
    title = "This is no longer what is owed"


class PayoutUndone(StatusCoded):
    """A form that is sent again after its payout was undone."""

    status_code = 409
    title = "This payout was undone"


class PayoutGone(NotFound):
    title = "There is no such payout"
