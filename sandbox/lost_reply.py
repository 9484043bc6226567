"""Replies that get lost on their way. ASGI send -> nothing"""

from http import HTTPStatus

from starlette.types import Message, Send


class LosingSend:
    """Lets the work be done and the reply begin, then nothing: uvicorn hangs up on a reply that never ends.

    A refusal is no success, and arrives.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._is_lost = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._is_lost = message["status"] < HTTPStatus.BAD_REQUEST
            await self._send(message)
        elif not self._is_lost:
            await self._send(message)
