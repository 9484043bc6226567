"""A mail server on loopback that takes what it is given. SMTP -> Mailbox"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette

from sandbox.mailbox.letters import Mailbox

LOOPBACK = "127.0.0.1"
LARGEST_LETTER = 16 * 1024 * 1024


@dataclass
class _Hatch:
    """aiosmtpd calls these by name."""

    mailbox: Mailbox

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.mailbox.switches.is_refusing:
            return f"550 5.1.1 <{address}> is unknown here"
        if self.mailbox.switches.is_postponing:
            return f"451 4.3.0 try <{address}> again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        del server, session
        await asyncio.sleep(self.mailbox.switches.latency_seconds)
        self.mailbox.keep(envelope.rcpt_tos, bytes(envelope.original_content or b""))
        return "250 2.0.0 OK"


def receiving(mailbox: Mailbox, port: int) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """A lifespan: mail is taken as long as the application runs. `app.state.smtp_port` is the port, chosen where 0."""

    def session() -> SMTP:
        return SMTP(_Hatch(mailbox), hostname="sandbox.localhost", enable_SMTPUTF8=True, data_size_limit=LARGEST_LETTER)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        server = await asyncio.get_running_loop().create_server(session, LOOPBACK, port)
        app.state.smtp_port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()

    return lifespan
