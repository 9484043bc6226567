"""The pages a buyer sees: pay here, and the bank. Form -> attempt -> redirect"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.stripe.account import Account
from sandbox.stripe.currencies import written
from sandbox.stripe.errors import Missing
from sandbox.stripe.objects.payment import PaymentIntent
from sandbox.stripe.objects.session import Session
from sandbox.stripe.replay import pretending
from sandbox.stripe.sales.attempts import approve, pay_by_card, pay_by_ideal, refuse
from sandbox.stripe.sales.cards import CARDS, card
from sandbox.stripe.sales.means import Buyer
from sandbox.stripe.sales.sessions import items_of
from sandbox.stripe.upkeep import keep_up

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
PAGES.filters["written"] = written
# Neither script nor anything from elsewhere; a form may end at the shop, wherever that is.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

Page = Callable[[Request, FormData], Response]


@dataclass(frozen=True)
class Counter:
    """Where a session is paid. After a form the next page is fetched anew, so that going back repeats nothing."""

    account: Account

    def routes(self) -> list[Route]:
        return [
            Route("/pay/{session}", self._open(self.show), methods=["GET"]),
            Route("/pay/{session}", self._open(self.pay), methods=["POST"]),
            Route("/bank/{intent}", self._open(self.show_bank), methods=["GET"]),
            Route("/bank/{intent}", self._open(self.decide), methods=["POST"]),
        ]

    def show(self, request: Request, form: FormData) -> Response:
        del form
        session = self.account.find(Session, request.path_params["session"])
        if session.status != "open":
            return self._over(session)
        intent = self.account.store.get(PaymentIntent, session.payment_intent or "")
        error = "unreadable" in request.query_params and "That is not one of the test cards."
        if intent and intent.last_payment_error:
            error = error or intent.last_payment_error["message"]
        return self._page("pay.html", session=session, items=items_of(self.account, session), error=error, cards=CARDS)

    def pay(self, request: Request, form: FormData) -> Response:
        session = self.account.find(Session, request.path_params["session"])
        if session.status != "open":
            return self._next(session)
        method = str(form.get("method", ""))
        buyer = Buyer(str(form.get("email", "")).strip(), str(form.get("name", "")).strip() or None)
        chosen = card(str(form.get("number", "")))
        if method not in session.payment_method_types or not buyer.email or (method == "card" and chosen is None):
            return _see(f"{self.account.url}/pay/{session.id}?unreadable")
        if chosen and method == "card":
            intent = pay_by_card(self.account, session, chosen, buyer)
        else:
            intent = pay_by_ideal(self.account, session, buyer)
        return self._next(session, intent)

    def show_bank(self, request: Request, form: FormData) -> Response:
        del form
        intent = self.account.find(PaymentIntent, request.path_params["intent"])
        session = self.account.find(Session, intent.session)
        if intent.status != "requires_action":
            return self._next(session)
        return self._page("bank.html", intent=intent, session=session)

    def decide(self, request: Request, form: FormData) -> Response:
        """Once decided, whatever else is pressed leads to where it led."""
        intent = self.account.find(PaymentIntent, request.path_params["intent"])
        session = self.account.find(Session, intent.session)
        if intent.status != "requires_action" or session.status != "open":
            return self._next(session)
        if form.get("decision") == "approve":
            return self._next(session, approve(self.account, session, intent))
        return self._next(session, refuse(self.account, intent))

    def _next(self, session: Session, intent: PaymentIntent | None = None) -> Response:
        """To the shop when it is done, to the bank when that has to say yes, else to the page itself."""
        if session.status == "complete":
            return _see(session.success_url.replace("{CHECKOUT_SESSION_ID}", session.id))
        if intent and intent.next_action:
            return _see(intent.next_action["redirect_to_url"]["url"])
        return _see(f"{self.account.url}/pay/{session.id}")

    def _over(self, session: Session) -> Response:
        """Paid or too late: nothing is left to do here but to go back."""
        target = session.success_url if session.status == "complete" else session.cancel_url
        back = target and target.replace("{CHECKOUT_SESSION_ID}", session.id)
        status = HTTPStatus.OK if session.status == "complete" else HTTPStatus.GONE
        return self._page("over.html", status=status, session=session, back=back)

    def _open(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            if self.account.switches.is_down:
                return PlainTextResponse("Service Unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
            async with request.form() as form:
                try:
                    with self.account.store.transaction(), pretending(self.account, request):
                        keep_up(self.account)
                        return page(request, form)
                except Missing:
                    return self._page("missing.html", status=HTTPStatus.NOT_FOUND)

        return respond

    def _page(self, name: str, *, status: HTTPStatus = HTTPStatus.OK, **facts: object) -> Response:
        return HTMLResponse(PAGES.get_template(name).render(facts), status, HEADERS)


def _see(url: str) -> Response:
    return RedirectResponse(url, HTTPStatus.SEE_OTHER, HEADERS)
