"""What the API can answer instead of a page, each error with its status. Features add their own in <feature>/errors.py.

StatusCoded
├── BadRequest, UnknownHost              400
├── FromElsewhere                        403
├── NotFound                             404  (shops: ShopNotFound; catalog: CityNotFound...; media: PictureNotFound)
├── Gone                                 410  (catalog: ProductGone; availability: DayIsOver)
└── Unavailable                          503  (catalog: CatalogPreparing; availability: AvailabilityUnknown)
"""

from typing import ClassVar

from core.errors import PlatformError


class StatusCoded(PlatformError):
    """An expected refusal. `title` stays the same for a class; the text says what happened this time."""

    status_code: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    retry_after_seconds: ClassVar[int | None] = None


class BadRequest(StatusCoded):
    status_code = 400
    title = "The request cannot be understood"


class UnknownHost(BadRequest):
    """The Host header names neither the platform nor a shop."""

    title = "There is no shop at this address"


class FromElsewhere(StatusCoded):
    """Sent from no page of ours, or from the page of another site."""

    status_code = 403
    title = "This did not come from our page"


class NotFound(StatusCoded):
    status_code = 404
    title = "Not found"


class Gone(StatusCoded):
    status_code = 410
    title = "No longer here"


class Unavailable(StatusCoded):
    status_code = 503
    title = "Not available right now"
    retry_after_seconds = 10
