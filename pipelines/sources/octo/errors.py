"""What an OCTO server can tell us, as errors.

OctoError
├── OctoUnavailable    (ProviderUnavailable) no answer, 5xx, or INTERNAL_SERVER_ERROR
│   ├── RateLimited    429, with the wait the server asks for
│   └── OctoMalformed  an answer that is not OCTO: no JSON, a missing field, a changed type
└── OctoRefused        (ProviderRefused) an answer that will not change
    ├── KeyRefused     UNAUTHORIZED, FORBIDDEN
    ├── UnknownProduct, UnknownOption, UnknownUnit, UnknownSlot, UnknownBooking
    ├── SoldOut        (NoPlacesLeft) UNPROCESSABLE_ENTITY: no places left, or its sale has closed
    ├── HoldExpired    (HoldEnded) the hold ended before it was confirmed or extended
    └── NotCancellable (CancellationRefused) the cutoff has passed
"""

from core.errors import (
    CancellationRefused,
    HoldEnded,
    NoPlacesLeft,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
)


class OctoError(ProviderError):
    """Root of the connector's errors."""


class OctoUnavailable(OctoError, ProviderUnavailable):
    """No usable answer; the same call may succeed later."""


class RateLimited(OctoUnavailable):
    """Too many calls. `retry_after` is the server's wish in seconds, None where it has none."""

    def __init__(self, message: str, retry_after: float | None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OctoMalformed(OctoUnavailable):
    """The server answered something that is not OCTO; trying again at once does not help."""


class OctoRefused(OctoError, ProviderRefused):
    """The server understood and said no."""


class KeyRefused(OctoRefused):
    """Our key is missing, wrong or revoked."""


class UnknownProduct(OctoRefused):
    """The server does not sell this product."""


class UnknownOption(OctoRefused):
    """The product has no such option."""


class UnknownUnit(OctoRefused):
    """The option has no such unit."""


class UnknownSlot(OctoRefused, NoPlacesLeft):
    """The slot is not, or no longer, on sale."""


class UnknownBooking(OctoRefused):
    """The server knows no such booking, or will not let it be used like this: a hold that ended answers the same."""


class SoldOut(OctoRefused, NoPlacesLeft):
    """Not enough places left, or the slot's sale has closed."""


class HoldExpired(OctoRefused, HoldEnded):
    """The hold ended before the call came."""


class NotCancellable(OctoRefused, CancellationRefused):
    """The booking cannot be cancelled any more."""


REFUSALS: dict[str, type[OctoRefused]] = {
    "INVALID_PRODUCT_ID": UnknownProduct,
    "INVALID_OPTION_ID": UnknownOption,
    "INVALID_UNIT_ID": UnknownUnit,
    "INVALID_AVAILABILITY_ID": UnknownSlot,
    "INVALID_BOOKING_UUID": UnknownBooking,
    "UNPROCESSABLE_ENTITY": SoldOut,
    "UNAUTHORIZED": KeyRefused,
    "FORBIDDEN": KeyRefused,
}
