"""The mailbox for programs, and its switches. /control/mailbox -> Switches, /control/mailbox/messages -> letters"""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.control.turning import json, turned
from sandbox.mailbox.letters import Letter, Mailbox
from sandbox.mailbox.pages.endpoints import Reader


@dataclass(frozen=True)
class MailDesk:
    mailbox: Mailbox

    def routes(self) -> list[Route]:
        return [
            Route("/control/mailbox", self.read, methods=["GET"]),
            Route("/control/mailbox", self.write, methods=["POST"]),
            Route("/control/mailbox/messages", self.messages, methods=["GET"]),
            Route("/control/mailbox/messages", self.clear, methods=["DELETE"]),
            *Reader(self.mailbox).routes(),
        ]

    async def read(self, request: Request) -> Response:
        del request
        return json(self.mailbox.switches.model_dump(mode="json"))

    async def write(self, request: Request) -> Response:
        self.mailbox.switches, answer = await turned(request, self.mailbox.switches, name="mailbox")
        return answer

    async def messages(self, request: Request) -> Response:
        """Newest first; `?to=` those to an address that contains it."""
        return json([_told(letter) for letter in self.mailbox.letters(request.query_params.get("to", ""))])

    async def clear(self, request: Request) -> Response:
        del request
        self.mailbox.clear()
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _told(letter: Letter) -> dict[str, object]:
    return {
        "number": letter.number,
        "received_at": letter.received_at,
        "sender": letter.sender,
        "recipients": letter.recipients,
        "subject": letter.subject,
        "text": letter.body("plain"),
        "html": letter.body("html"),
        "attachments": [
            {"name": part.get_filename(), "media_type": part.get_content_type()} for part in letter.attachments
        ],
    }
