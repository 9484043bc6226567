"""Stripe's API over HTTP: who asks, how it goes wrong, and the reply. Request -> operation -> reply"""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random

from orjson import dumps
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.lost_reply import LosingSend
from sandbox.stripe.account import NOBODY, Account
from sandbox.stripe.calls import refuse_later
from sandbox.stripe.errors import InvalidRequest, NotYetHere, ServerBroke, StripeError, Unauthorized, UnknownPath
from sandbox.stripe.expansion import expand
from sandbox.stripe.form import decode
from sandbox.stripe.idempotency import Keys, fingerprint
from sandbox.stripe.identity import object_id
from sandbox.stripe.objects.base import Json
from sandbox.stripe.operations import LATER_PATHS, OPERATIONS, Answer
from sandbox.stripe.published import API_VERSION
from sandbox.stripe.replay import pretending
from sandbox.stripe.store import KeptReply
from sandbox.stripe.upkeep import keep_up

FORM = "application/x-www-form-urlencoded"


class _LostResponse(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, LosingSend(send))


@dataclass
class Api:
    account: Account
    keys: Keys = field(init=False)
    random: Random = field(init=False)
    requests: int = 0

    def __post_init__(self) -> None:
        self.keys = Keys(self.account.store)
        self.random = Random(self.account.seed)  # noqa: S311 - repeatable on purpose

    def routes(self) -> list[Route]:
        known = [Route(path, self._endpoint(answer), methods=[method]) for method, path, answer in OPERATIONS]
        methods = ["GET", "POST", "DELETE"]
        return [*known, Route("/v1/{rest:path}", self._endpoint(_elsewhere), methods=methods)]

    def _endpoint(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            self.requests += 1
            request_id = object_id("req", self.account.seed, self.requests)
            if self.account.switches.is_down:
                return PlainTextResponse("Service Unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
            try:
                return await self._reply(answer, request, request_id)
            except StripeError as error:
                return self._response(error.status, dumps(error.payload()), request_id, request)

        return respond

    async def _reply(self, answer: Answer, request: Request, request_id: str) -> Response:
        self._admit(request)
        body = await request.body()
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        asked = fingerprint(request.method, request.url.path, body)
        with self.keys.claim(key, asked) if key else nullcontext() as kept:
            # Within the claim, so that a second request can be seen to come too soon.
            await asyncio.sleep(self.account.switches.latency_seconds)
            if kept:
                replayed = {"Idempotent-Replayed": "true", "Original-Request": kept.request_id}
                return self._response(kept.status, kept.body, request_id, request, replayed)
            if self.account.switches.error_rate > self.random.random():
                raise ServerBroke
            status, reply = self._work(answer, request, body, request_id)
            if key:
                self.account.store.keep_reply(KeptReply(key, asked, status, reply, request_id, self.account.present()))
        return self._response(status, reply, request_id, request)

    def _work(self, answer: Answer, request: Request, body: bytes, request_id: str) -> tuple[int, bytes]:
        """One transaction: what raises has changed nothing."""
        account, key = self.account, request.headers.get("idempotency-key")
        try:
            with account.store.transaction(), pretending(account, request):
                keep_up(account)
                account.cause = {"id": request_id, "idempotency_key": key}
                params = _params(request, body)
                paths = params.pop("expand", [])
                reply = answer(account, request.path_params, params)
                return HTTPStatus.OK, dumps(expand(account, reply, paths))
        except StripeError as error:
            if not error.is_remembered:
                raise
            return error.status, dumps(error.payload())
        finally:
            account.cause = NOBODY

    def _admit(self, request: Request) -> None:
        """The key, and no version or account but ours."""
        key = _api_key(request)
        if key is None:
            raise Unauthorized(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using"
                " Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
            )
        if not secrets.compare_digest(key.encode(), self.account.options.api_key.encode()):
            raise Unauthorized("Invalid API Key provided.", code="api_key_invalid")
        version = request.headers.get("stripe-version", API_VERSION)
        if version != API_VERSION:
            raise InvalidRequest(f"Invalid Stripe API version: {version}. The sandbox speaks {API_VERSION}.")
        if "stripe-account" in request.headers:
            raise NotYetHere("Connect", param="Stripe-Account")

    def _response(
        self, status: int, body: bytes, request_id: str, request: Request, more: dict[str, str] | None = None
    ) -> Response:
        headers = {"Request-Id": request_id, "Stripe-Version": API_VERSION, **(more or {})}
        if key := request.headers.get("idempotency-key"):
            headers["Idempotency-Key"] = key
        is_lost = self.account.switches.lose_reply_after_success and request.method == "POST"
        kind = _LostResponse if is_lost else Response
        return kind(body, status, headers=headers, media_type="application/json")


def _params(request: Request, body: bytes) -> Json:
    if request.method == "POST" and body and not request.headers.get("content-type", FORM).startswith(FORM):
        raise InvalidRequest(f"Invalid request: send the body as {FORM}.")
    text = body.decode("utf-8", "replace") if request.method == "POST" else request.url.query
    params = decode(text)
    if not isinstance(params.get("expand", []), list):
        raise InvalidRequest("Invalid array", param="expand")
    refuse_later(params)
    return params


def _api_key(request: Request) -> str | None:
    """As a bearer, or as the user of basic authentication."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return None


def _elsewhere(account: Account, path: Mapping[str, str], params: Json) -> Json:
    """Everything that is not here: to come later, or unknown."""
    del account, params
    first = path["rest"].partition("/")[0]
    if first in LATER_PATHS:
        raise NotYetHere(LATER_PATHS[first])
    raise UnknownPath(f"/v1/{path['rest']}")
