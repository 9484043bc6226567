"""Stripe's switches, as JSON and from the page. /control/stripe -> Switches"""

from dataclasses import dataclass
from http import HTTPStatus

import structlog
from orjson import JSONDecodeError, dumps, loads
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.stripe.account import Account
from sandbox.stripe.switches import Switches

TICKED = "on"
CHECKBOXES = frozenset(name for name, field in Switches.model_fields.items() if field.annotation is bool)


@dataclass(frozen=True)
class StripeDesk:
    account: Account

    def routes(self) -> list[Route]:
        return [
            Route("/control/stripe", self.read, methods=["GET"]),
            Route("/control/stripe", self.write, methods=["POST"]),
        ]

    async def read(self, request: Request) -> Response:
        del request
        return _json(self.account.switches.model_dump(mode="json"))

    async def write(self, request: Request) -> Response:
        """JSON changes the switches it names; a form from the page sets them all."""
        body = await request.body() or b"{}"
        is_form = not body.lstrip().startswith(b"{")
        try:
            sent = await _form(request) if is_form else loads(body)
            self.account.switches = Switches.model_validate(self.account.switches.model_dump() | sent)
        except (JSONDecodeError, TypeError, ValidationError) as error:
            return _json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        structlog.get_logger().info("switches set", supplier="stripe", **self.account.switches.model_dump())
        if is_form:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        return _json(self.account.switches.model_dump(mode="json"))

    def reset(self) -> None:
        self.account.switches = Switches()
        self.account.store.clear()


async def _form(request: Request) -> dict[str, object]:
    """A box that is not ticked is not sent at all."""
    async with request.form() as form:
        sent: dict[str, object] = {name: str(value) for name, value in form.items() if name not in CHECKBOXES}
        return sent | {name: form.get(name) == TICKED for name in CHECKBOXES}


def _json(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(dumps(value), status, media_type="application/json")
