"""What a catalogue page cannot show, each with its status code."""

from api.errors import Gone, NotFound, Unavailable


class CountryNotFound(NotFound):
    title = "This shop has nothing in that country"


class CityNotFound(NotFound):
    title = "This shop has nothing in that city"


class PlaceNotFound(NotFound):
    title = "This shop does not sell tickets to that place"


class ProductGone(Gone):
    """Once sold, or never: a supplier's deleted product leaves no trace to tell the two apart."""

    title = "This ticket is no longer sold here"


class CatalogPreparing(Unavailable):
    """No release has been published yet, or none this process can read."""

    title = "The catalogue is being prepared"
