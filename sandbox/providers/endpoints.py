"""The paths of one supplier. Request -> call -> reply"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from orjson import dumps
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.providers import bookings
from sandbox.providers.availability import availability, calendar
from sandbox.providers.booking import Booking
from sandbox.providers.booking_payload import booking_payload
from sandbox.providers.calls import (
    AvailabilityCall,
    CancellationCall,
    ConfirmationCall,
    ExtensionCall,
    ReservationCall,
    UpdateCall,
)
from sandbox.providers.capabilities import Capabilities, describe, negotiate
from sandbox.providers.catalogue import product_payload, products_on_sale, supplier_payload
from sandbox.providers.errors import BadRequest, OctoError
from sandbox.providers.lies import distort
from sandbox.providers.supplier import Supplier
from sandbox.providers.switches import Lie

Answer = Callable[[Supplier, Request, bytes, Capabilities], object]
Call = TypeVar("Call", bound=BaseModel)
NOTHING = b"{}"


def routes(supplier: Supplier) -> list[Route]:
    """Every path with and without its last slash, as servers in the field accept both."""
    paths: Sequence[tuple[str, str, Answer]] = (
        ("GET", "/capabilities", _capabilities),
        ("GET", "/supplier", _supplier),
        ("GET", "/products", _products),
        ("GET", "/products/{id}", _product),
        ("POST", "/availability", _availability),
        ("POST", "/availability/calendar", _calendar),
        ("POST", "/bookings", _reserve),
        ("GET", "/bookings", _bookings),
        ("GET", "/bookings/{uuid}", _booking),
        ("PATCH", "/bookings/{uuid}", _update),
        ("POST", "/bookings/{uuid}/extend", _extend),
        ("POST", "/bookings/{uuid}/confirm", _confirm),
        ("POST", "/bookings/{uuid}/cancel", _cancel),
    )
    return [
        Route(path + slash, _endpoint(supplier, answer), methods=[method])
        for method, path, answer in paths
        for slash in ("", "/")
    ]


def _endpoint(supplier: Supplier, answer: Answer) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        try:
            asked = request.headers.get("octo-capabilities", request.query_params.get("_capabilities"))
            capabilities = negotiate("" if asked is None and answer is _capabilities else asked)
            reply = answer(supplier, request, await request.body(), capabilities)
        except OctoError as error:
            return Response(dumps(error.payload), error.status, media_type="application/json")
        return _reply(reply, capabilities, supplier.switches.lie)

    return respond


def _reply(value: object, capabilities: Capabilities, lie: Lie) -> Response:
    body = value if isinstance(value, bytes) else dumps(value)
    media_type = "text/html" if lie is Lie.NOT_JSON else "application/json"
    return Response(distort(body, lie) if lie else body, headers=capabilities.headers, media_type=media_type)


def _read(model: type[Call], body: bytes) -> Call:
    try:
        return model.model_validate_json(body or NOTHING)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadRequest(message=f"{where or 'body'}: {first['msg']}") from error


def _capabilities(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del supplier, request, body, capabilities
    return describe()


def _supplier(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del request, body
    return supplier_payload(supplier, capabilities)


def _products(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del request, body
    return [product_payload(supplier, product, capabilities) for product in products_on_sale(supplier)]


def _product(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del body
    return product_payload(supplier, supplier.product(request.path_params["id"]), capabilities)


def _availability(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del request
    return availability(supplier, _read(AvailabilityCall, body), capabilities)


def _calendar(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del request
    return calendar(supplier, _read(AvailabilityCall, body), capabilities)


def _reserve(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del request
    return booking_payload(supplier, bookings.reserve(supplier, _read(ReservationCall, body)), capabilities)


def _bookings(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del body
    found = bookings.listed(supplier, request.query_params)
    return [booking_payload(supplier, booking, capabilities) for booking in found]


def _booking(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
    del body
    return booking_payload(supplier, bookings.find(supplier, request.path_params["uuid"]), capabilities)


def _step(step: Callable[[Supplier, str, Call], Booking], model: type[Call]) -> Answer:
    def answer(supplier: Supplier, request: Request, body: bytes, capabilities: Capabilities) -> object:
        booking = step(supplier, request.path_params["uuid"], _read(model, body))
        return booking_payload(supplier, booking, capabilities)

    return answer


_update = _step(bookings.update, UpdateCall)
_extend = _step(bookings.extend, ExtensionCall)
_confirm = _step(bookings.confirm, ConfirmationCall)
_cancel = _step(bookings.cancel, CancellationCall)
