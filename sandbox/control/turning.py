"""Switches turned by a request, as JSON or by a form. Request -> switches and an answer"""

from http import HTTPStatus
from typing import TypeVar

import structlog
from orjson import dumps, loads
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

# What a browser sends for a ticked box.
TICKED = "on"

Kind = TypeVar("Kind", bound=BaseModel)


async def turned(request: Request, switches: Kind, *, name: str, page: str = "/") -> tuple[Kind, Response]:
    """JSON changes the switches it names and is answered with all; a form from `page` sets them all and goes back."""
    body = await request.body() or b"{}"
    # curl calls every body a form; a form never begins with a brace.
    is_form = "form" in request.headers.get("content-type", "") and not body.lstrip().startswith(b"{")
    try:
        sent = await _form(request, switches) if is_form else loads(body)
        switches = type(switches).model_validate(switches.model_dump() | sent)
    except (TypeError, ValueError) as error:
        return switches, json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
    structlog.get_logger().info("switches set", of=name, **switches.model_dump())
    answer = RedirectResponse(page, HTTPStatus.SEE_OTHER) if is_form else json(switches.model_dump(mode="json"))
    return switches, answer


def json(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(dumps(value), status, media_type="application/json")


async def _form(request: Request, switches: BaseModel) -> dict[str, object]:
    """A box that is not ticked is not sent at all."""
    boxes = {name for name, field in type(switches).model_fields.items() if field.annotation is bool}
    async with request.form() as form:
        sent: dict[str, object] = {name: str(value) for name, value in form.items() if name not in boxes}
        return sent | {name: form.get(name) == TICKED for name in boxes}
