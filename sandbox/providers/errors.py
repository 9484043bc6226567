"""The refusals OCTO knows, each with its code and the field it is about.

OctoError
├── BadRequest           ├── InvalidProductId    ├── InvalidUnitId          ├── Unauthorized
├── UnprocessableEntity  ├── InvalidOptionId     ├── InvalidAvailabilityId  ├── Forbidden
└── InternalServerError                          └── InvalidBookingUuid

The published document answers every one of them with 400. Only a fault of the server itself is a 500 here.
"""

from http import HTTPStatus


class OctoError(Exception):
    """`message` is for the caller's log; `fields` are the members the schema asks for beside error and errorMessage."""

    code = ""
    status = HTTPStatus.BAD_REQUEST
    field: str | None = None
    default_message = ""

    def __init__(self, value: str | None = None, *, message: str | None = None) -> None:
        self.message = message or self.default_message
        self.value = value or ""
        super().__init__(self.message)

    @property
    def payload(self) -> dict[str, str]:
        body = {"error": self.code, "errorMessage": self.message}
        return body if self.field is None else {**body, self.field: self.value}


class BadRequest(OctoError):
    code = "BAD_REQUEST"
    default_message = "The request cannot be read"


class UnprocessableEntity(OctoError):
    code = "UNPROCESSABLE_ENTITY"
    default_message = "The request is well formed but cannot be carried out"


class InvalidProductId(OctoError):
    code, field = "INVALID_PRODUCT_ID", "productId"
    default_message = "There is no product with this productId"


class InvalidOptionId(OctoError):
    code, field = "INVALID_OPTION_ID", "optionId"
    default_message = "The product has no option with this optionId"


class InvalidUnitId(OctoError):
    code, field = "INVALID_UNIT_ID", "unitId"
    default_message = "The option has no unit with this unitId"


class InvalidAvailabilityId(OctoError):
    code, field = "INVALID_AVAILABILITY_ID", "availabilityId"
    default_message = "The option has no availability with this availabilityId"


class InvalidBookingUuid(OctoError):
    code, field = "INVALID_BOOKING_UUID", "uuid"
    default_message = "There is no booking with this uuid that allows the call"


class Unauthorized(OctoError):
    code = "UNAUTHORIZED"
    default_message = "Send your API key in the Authorization header"


class Forbidden(OctoError):
    code = "FORBIDDEN"
    default_message = "The API key is not known here"


class InternalServerError(OctoError):
    code, status = "INTERNAL_SERVER_ERROR", HTTPStatus.INTERNAL_SERVER_ERROR
    default_message = "Something broke on our side, please try again"
