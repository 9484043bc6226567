"""Stripe's switches, its past, and objects it can be made to lose. /control/stripe -> Account"""

from dataclasses import dataclass
from http import HTTPStatus

from orjson import dumps, loads
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.control.turning import json, turned
from sandbox.stripe.account import Account
from sandbox.stripe.errors import StripeError
from sandbox.stripe.history import PastSale, make_history
from sandbox.stripe.store import BY_NAME
from sandbox.stripe.switches import Switches


@dataclass(frozen=True)
class StripeDesk:
    account: Account

    def routes(self) -> list[Route]:
        return [
            Route("/control/stripe", self.read, methods=["GET"]),
            Route("/control/stripe", self.write, methods=["POST"]),
            Route("/control/stripe/history", self.make_history, methods=["POST"]),
            Route("/control/stripe/objects/{id}", self.lose, methods=["DELETE"]),
            Route("/control/stripe/objects/{id}", self.find_again, methods=["PUT"]),
        ]

    async def read(self, request: Request) -> Response:
        del request
        return json(self.account.switches.model_dump(mode="json"))

    async def write(self, request: Request) -> Response:
        self.account.switches, answer = await turned(request, self.account.switches, name="stripe")
        return answer

    async def make_history(self, request: Request) -> Response:
        """All of the lines or, when one is refused, none."""
        lines = (await request.body()).splitlines()
        try:
            sales = [PastSale.model_validate_json(line) for line in lines]
            with self.account.store.transaction():
                made = [dumps(sale) for sale in make_history(self.account, sales)]
        except (ValidationError, StripeError) as error:
            return json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        return Response(b"\n".join(made), media_type="application/x-ndjson")

    async def lose(self, request: Request) -> Response:
        """One object as if it had never been; the answer is what brings it back."""
        lost = self.account.store.any(request.path_params["id"])
        if lost is None:
            return json({"error": "there is no such object"}, HTTPStatus.NOT_FOUND)
        self.account.store.forget(lost)
        return json(lost.model_dump(mode="json"))

    async def find_again(self, request: Request) -> Response:
        """What `lose` answered, put back."""
        try:
            document = loads(await request.body())
            found = BY_NAME[document["object"]].model_validate(document)
        except (KeyError, TypeError, ValueError) as error:
            return json({"error": f"this is no object: {error}"}, HTTPStatus.BAD_REQUEST)
        self.account.store.put(found)
        return json(found.payload())

    def reset(self) -> None:
        self.account.switches = Switches()
        self.account.store.clear()
