"""Mail as a person reads it; what a message says can reach nothing but its own pictures. Letter -> pages"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.mailbox.letters import Letter, Mailbox

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
OURS = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# A message is anybody's HTML: no script, no form, nothing from elsewhere. Its links open beside it.
THEIRS = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_PICTURE = re.compile(r"\bcid:([^\"'\s)>]+)")

Page = Callable[[Letter, Request], Response]


@dataclass(frozen=True)
class Reader:
    mailbox: Mailbox

    def routes(self) -> list[Route]:
        pages: list[tuple[str, Page]] = [
            ("", self.letter),
            ("/html", self.html),
            ("/raw", self.raw),
            ("/attachments/{place:int}", self.attachment),
            ("/pictures/{content_id:path}", self.picture),
        ]
        return [
            Route("/mailbox", self.overview, methods=["GET"]),
            Route("/mailbox/clear", self.clear, methods=["POST"]),
            *(Route(f"/mailbox/{{number:int}}{path}", self._open(page), methods=["GET"]) for path, page in pages),
        ]

    async def overview(self, request: Request) -> Response:
        wanted = request.query_params.get("to", "")
        letters = self.mailbox.letters(wanted)
        return _page("overview.html", letters=letters, wanted=wanted, total=len(self.mailbox.letters()))

    async def clear(self, request: Request) -> Response:
        del request
        self.mailbox.clear()
        return RedirectResponse("/mailbox", HTTPStatus.SEE_OTHER)

    def letter(self, letter: Letter, request: Request) -> Response:
        del request
        return _page("letter.html", letter=letter, text=letter.body("plain"), has_html=bool(letter.body("html")))

    def html(self, letter: Letter, request: Request) -> Response:
        del request
        shown = _PICTURE.sub(lambda found: f"/mailbox/{letter.number}/pictures/{quote(found[1])}", letter.body("html"))
        return HTMLResponse(f'<base target="_blank">{shown}', headers=_headers(THEIRS))

    def raw(self, letter: Letter, request: Request) -> Response:
        del request
        return PlainTextResponse(letter.raw, headers=_headers(THEIRS))

    def attachment(self, letter: Letter, request: Request) -> Response:
        parts, place = letter.attachments, request.path_params["place"]
        return _part(parts[place], is_saved=True) if place < len(parts) else _missing()

    def picture(self, letter: Letter, request: Request) -> Response:
        part = letter.picture(request.path_params["content_id"])
        return _part(part, is_saved=False) if part and part.get_content_maintype() == "image" else _missing()

    def _open(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            letter = self.mailbox.find(request.path_params["number"])
            return page(letter, request) if letter else _missing()

        return respond


def _page(name: str, *, status: HTTPStatus = HTTPStatus.OK, **facts: object) -> Response:
    return HTMLResponse(PAGES.get_template(name).render(facts), status, _headers(OURS))


def _missing() -> Response:
    return _page("missing.html", status=HTTPStatus.NOT_FOUND)


def _part(part: EmailMessage, *, is_saved: bool) -> Response:
    """A file is saved and never shown, whatever it says it is."""
    headers = _headers(THEIRS)
    if is_saved:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(part.get_filename() or 'attachment')}"
    return Response(part.get_payload(decode=True), headers=headers, media_type=part.get_content_type())


def _headers(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
