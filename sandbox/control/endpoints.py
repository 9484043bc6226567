"""The switches: JSON for programs, one page for people. /control/<supplier>, / -> Switches"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import structlog
from jinja2 import Environment, FileSystemLoader, select_autoescape
from orjson import JSONDecodeError, dumps, loads
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.domain.clock import Clock, utc_now
from sandbox.providers.booking import Status
from sandbox.providers.supplier import Supplier
from sandbox.providers.switches import Lie, Switches
from sandbox.stripe.desk import StripeDesk
from sandbox.stripe.switches import Webhooks

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
# What a browser sends for a ticked box.
TICKED = "on"
CHECKBOXES = frozenset(name for name, field in Switches.model_fields.items() if field.annotation is bool)


@dataclass
class ShiftedClock:
    """Real time plus what was added by hand, so that holds can be seen to end without waiting."""

    real: Clock = utc_now
    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return self.real() + self.ahead


@dataclass(frozen=True)
class ControlDesk:
    suppliers: Mapping[str, Supplier]
    clock: ShiftedClock
    stripe: StripeDesk | None = None

    def routes(self) -> list[Route]:
        return [
            Route("/", self.page, methods=["GET"]),
            Route("/control/reset", self.reset, methods=["POST"]),
            Route("/control/clock", self.advance, methods=["POST"]),
            *(self.stripe.routes() if self.stripe else ()),
            Route("/control/{supplier}", self.read, methods=["GET"]),
            Route("/control/{supplier}", self.write, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        del request
        rows = [
            {
                "profile": supplier.profile,
                "switches": supplier.switches,
                "endpoint": supplier.endpoint,
                "products": len(supplier.products),
                "bookings": [(status, sum(item.status is status for item in supplier.book)) for status in Status],
            }
            for supplier in self.suppliers.values()
        ]
        page = PAGES.get_template("page.html")
        choices = {"lies": list(Lie), "ways": list(Webhooks)}
        stripe = self.stripe and self.stripe.account
        return HTMLResponse(
            page.render(suppliers=rows, stripe=stripe, now=self.clock(), ahead=self.clock.ahead, **choices)
        )

    async def read(self, request: Request) -> Response:
        supplier = self.suppliers.get(request.path_params["supplier"])
        return _no_such_supplier() if supplier is None else _json(supplier.switches.model_dump(mode="json"))

    async def write(self, request: Request) -> Response:
        """JSON changes the switches it names; a form from the page sets them all."""
        supplier = self.suppliers.get(request.path_params["supplier"])
        if supplier is None:
            return _no_such_supplier()
        body = await request.body() or b"{}"
        # curl calls every body a form; a form never begins with a brace.
        is_form = "form" in request.headers.get("content-type", "") and not body.lstrip().startswith(b"{")
        try:
            sent = await _form(request) if is_form else loads(body)
            supplier.switches = Switches.model_validate(supplier.switches.model_dump() | sent)
        except (JSONDecodeError, TypeError, ValidationError) as error:
            return _json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        structlog.get_logger().info("switches set", supplier=supplier.profile.code, **supplier.switches.model_dump())
        if is_form:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        return _json(supplier.switches.model_dump(mode="json"))

    async def reset(self, request: Request) -> Response:
        """All switches off, all bookings and payments forgotten, the clock right again."""
        del request
        self.clock.ahead = timedelta()
        for supplier in self.suppliers.values():
            supplier.switches = Switches()
            supplier.book.clear()
            supplier.stock.clear()
        if self.stripe:
            self.stripe.reset()
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)

    async def advance(self, request: Request) -> Response:
        """`{"advance_seconds": 1800}` moves everybody's clock on."""
        try:
            self.clock.ahead += timedelta(seconds=int(loads(await request.body())["advance_seconds"]))
        except (JSONDecodeError, KeyError, TypeError, ValueError) as error:
            return _json({"error": f"advance_seconds is needed: {error}"}, HTTPStatus.BAD_REQUEST)
        return _json({"now": self.clock()})


async def _form(request: Request) -> dict[str, object]:
    """A box that is not ticked is not sent at all."""
    async with request.form() as form:
        sent: dict[str, object] = {name: str(value) for name, value in form.items() if name not in CHECKBOXES}
        return sent | {name: form.get(name) == TICKED for name in CHECKBOXES}


def _json(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(dumps(value), status, media_type="application/json")


def _no_such_supplier() -> Response:
    return _json({"error": "there is no such supplier"}, HTTPStatus.NOT_FOUND)
