"""What goes wrong before a shop is known."""

from api.errors import NotFound, Unavailable


class ShopNotFound(NotFound):
    title = "There is no shop at this address"


class ShopsUnreachable(Unavailable):
    """The shop database cannot be asked, and this shop was not asked for lately."""

    title = "The shop cannot be opened right now"
