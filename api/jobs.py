"""Work after the request, as jobs in the shop database. a transaction -> a job that starts when it commits

A job carries ids, never a name, an address or a secret. Its work is repeatable: a worker that dies leaves it behind,
and the next one starts it over.
"""

from enum import StrEnum
from typing import Final

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.ext.asyncio import AsyncSession


class Task(StrEnum):
    SETTLE_ORDER = "settle_order"
    SEND_MAIL = "send_mail"


# One connection listens, one fetches; results are written by whichever is free.
CONNECTIONS: Final = 4


class Jobs:
    """The queue, seen from both of its ends. Enqueueing needs nothing but the caller's session."""

    def __init__(self, url: str) -> None:
        self.app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=CONNECTIONS))

    async def settle_order(self, session: AsyncSession, reseller_id: str, order_id: str) -> None:
        """Look at an order: several who ask get one job, and an order has one at a time."""
        ids = {"reseller_id": reseller_id, "order_id": order_id}
        await self._enqueue(session, Task.SETTLE_ORDER, ids, lock=f"order:{order_id}", once=f"settle:{order_id}")

    async def send_mail(self, session: AsyncSession, reseller_id: str, mail_id: str) -> None:
        ids = {"reseller_id": reseller_id, "mail_id": mail_id}
        await self._enqueue(session, Task.SEND_MAIL, ids, lock=f"mail:{mail_id}", once=f"send:{mail_id}")

    async def _enqueue(self, session: AsyncSession, task: Task, ids: dict[str, str], *, lock: str, once: str) -> None:
        connection = await session.connection()
        raw = await connection.get_raw_connection()
        deferrer = self.app.configure_task(task, lock=lock, queueing_lock=once, connection=raw.driver_connection)
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        try:
            # The savepoint keeps the caller's transaction alive when the same job waits already. It is the connection's
            # own: the session would make one with its next query, and the job goes past the session.
            async with connection.begin_nested():
                await deferrer.defer_async(**ids, request_id=request_id)
        except AlreadyEnqueued:
            return
