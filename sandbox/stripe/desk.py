"""Stripe's switches, as JSON and from the page. /control/stripe -> Switches"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.control.turning import json, turned
from sandbox.stripe.account import Account
from sandbox.stripe.switches import Switches


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
        return json(self.account.switches.model_dump(mode="json"))

    async def write(self, request: Request) -> Response:
        self.account.switches, answer = await turned(request, self.account.switches, name="stripe")
        return answer

    def reset(self) -> None:
        self.account.switches = Switches()
        self.account.store.clear()
