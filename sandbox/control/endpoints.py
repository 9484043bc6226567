"""The switches: JSON for programs, one page for people. /control/<supplier>, / -> Switches"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from orjson import JSONDecodeError, loads
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.domain.clock import Clock, utc_now
from sandbox.control.turning import json, turned
from sandbox.mailbox.desk import MailDesk
from sandbox.providers.booking import Status
from sandbox.providers.supplier import Supplier
from sandbox.providers.switches import Lie, Switches
from sandbox.stripe.desk import StripeDesk
from sandbox.stripe.switches import Webhooks

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())


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
    mail: MailDesk | None = None

    def routes(self) -> list[Route]:
        return [
            Route("/", self.page, methods=["GET"]),
            Route("/control/reset", self.reset, methods=["POST"]),
            Route("/control/clock", self.advance, methods=["POST"]),
            *(self.stripe.routes() if self.stripe else ()),
            *(self.mail.routes() if self.mail else ()),
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
            page.render(
                suppliers=rows,
                stripe=stripe,
                mailbox=self.mail and self.mail.mailbox,
                now=self.clock(),
                ahead=self.clock.ahead,
                **choices,
            )
        )

    async def read(self, request: Request) -> Response:
        supplier = self.suppliers.get(request.path_params["supplier"])
        return _no_such_supplier() if supplier is None else json(supplier.switches.model_dump(mode="json"))

    async def write(self, request: Request) -> Response:
        supplier = self.suppliers.get(request.path_params["supplier"])
        if supplier is None:
            return _no_such_supplier()
        supplier.switches, answer = await turned(request, supplier.switches, name=supplier.profile.code)
        return answer

    async def reset(self, request: Request) -> Response:
        """All switches off, bookings, payments and mail forgotten, the clock right again."""
        del request
        self.clock.ahead = timedelta()
        for supplier in self.suppliers.values():
            supplier.switches = Switches()
            supplier.book.clear()
            supplier.stock.clear()
        if self.stripe:
            self.stripe.reset()
        if self.mail:
            self.mail.mailbox.reset()
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)

    async def advance(self, request: Request) -> Response:
        """`{"advance_seconds": 1800}` moves everybody's clock on."""
        try:
            self.clock.ahead += timedelta(seconds=int(loads(await request.body())["advance_seconds"]))
        except (JSONDecodeError, KeyError, TypeError, ValueError) as error:
            return json({"error": f"advance_seconds is needed: {error}"}, HTTPStatus.BAD_REQUEST)
        return json({"now": self.clock()})


def _no_such_supplier() -> Response:
    return json({"error": "there is no such supplier"}, HTTPStatus.NOT_FOUND)
