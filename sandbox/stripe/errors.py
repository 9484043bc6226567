"""The refusals of Stripe's API that can happen here, in its own shape.

StripeError
├── InvalidRequest (400, 404)   ├── IdempotencyMismatch (400)   ├── Unauthorized (401)
├── NotYetHere (400)            ├── KeyInUse (409)              └── ServerBroke (500)
"""

from http import HTTPStatus
from typing import Any

from sandbox.stripe.published import DOCUMENTATION


class StripeError(Exception):
    """`is_remembered`: whether a replay of the idempotency key gets the same refusal, or a fresh try."""

    type = "api_error"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code: str | None = None
    is_remembered = False

    def __init__(self, message: str, *, code: str | None = None, param: str | None = None) -> None:
        self.message, self.param = message, param
        self.code = code or self.code
        super().__init__(message)

    def payload(self) -> dict[str, Any]:
        error: dict[str, Any] = {"message": self.message, "type": self.type}
        if self.code:
            error |= {"code": self.code, "doc_url": f"{DOCUMENTATION}/error-codes#{self.code.replace('_', '-')}"}
        if self.param:
            error["param"] = self.param
        return {"error": error}


class InvalidRequest(StripeError):
    type, status = "invalid_request_error", HTTPStatus.BAD_REQUEST


class Conflict(InvalidRequest):
    """The request is well formed, but the object's state does not allow it."""

    is_remembered = True


class Missing(InvalidRequest):
    status, code = HTTPStatus.NOT_FOUND, "resource_missing"

    def __init__(self, kind: str, object_id: str, *, param: str = "id") -> None:
        super().__init__(f"No such {kind}: '{object_id}'", param=param)


class UnknownPath(InvalidRequest):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, path: str) -> None:
        super().__init__(f"Unrecognized request URL: {path}. Please see https://stripe.com/docs.")


class NotYetHere(InvalidRequest):
    """A part of Stripe that the sandbox will have later; see README.md."""

    def __init__(self, part: str, *, param: str | None = None) -> None:
        super().__init__(f"The sandbox has no {part} yet; its README lists what it has.", param=param)


class Unauthorized(InvalidRequest):
    status = HTTPStatus.UNAUTHORIZED


class IdempotencyMismatch(StripeError):
    type, status = "idempotency_error", HTTPStatus.BAD_REQUEST


class KeyInUse(StripeError):
    type, status, code = "idempotency_error", HTTPStatus.CONFLICT, "idempotency_key_in_use"


class ServerBroke(StripeError):
    def __init__(self) -> None:
        super().__init__("An unknown error occurred, please try again.")
