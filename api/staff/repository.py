"""Every query of the feature. stuck sales, jobs and one order's postings and events <- shop database"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from api.sale.shapes import OrderKey
from api.staff.errors import JobGone
from api.staff.views import TroubledJob
from core.db import tables
from core.db.sessions import ShopDatabase

MOST: Final = 100
SILENT_AFTER: Final = timedelta(seconds=60)
_JOBS: Final = """
    SELECT j.id, j.task_name, j.status::text, j.attempts, max(e.at) AS last_at, j.args
    FROM procrastinate_jobs AS j
    LEFT JOIN procrastinate_events AS e ON e.job_id = j.id
    LEFT JOIN procrastinate_workers AS w ON w.id = j.worker_id
"""
_IN_TROUBLE: Final = text(
    _JOBS
    + """
    WHERE j.status = 'failed' OR j.status = 'todo' AND j.attempts > 0
       OR j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - :silent)
    GROUP BY j.id ORDER BY j.id DESC LIMIT :most
    """
)
_OF_ORDER: Final = text(
    _JOBS
    + """
    WHERE j.args ->> 'order_id' = :order_id OR j.args ->> 'mail_id' = ANY(:mail_ids)
    GROUP BY j.id ORDER BY j.id
    """
)
# A job that a living worker is doing is left to it.
_RETRY: Final = text(
    """
    SELECT procrastinate_retry_job_v2(j.id, now(), NULL, NULL, NULL) FROM procrastinate_jobs AS j
    LEFT JOIN procrastinate_workers AS w ON w.id = j.worker_id
    WHERE j.id = :id
      AND (j.status = 'failed' OR j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - :silent))
    """
)
_HURRY: Final = text(
    "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = :id AND status = 'todo' RETURNING id"
)


class StaffRepository:
    """Each method is one transaction and holds no connection afterwards."""

    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def stuck(self, paid_before: datetime) -> list[OrderKey]:
        query = text("SELECT reseller_id, order_id FROM stuck_orders(:paid_before, :most)")
        async with self._database.lookup_session() as session:
            return [OrderKey(*row) for row in await session.execute(query, {"paid_before": paid_before, "most": MOST})]

    async def find(self, reference: str) -> OrderKey | None:
        query = text("SELECT reseller_id, order_id FROM find_order(:reference)")
        async with self._database.lookup_session() as session:
            row = (await session.execute(query, {"reference": reference.strip()})).one_or_none()
        return OrderKey(*row) if row else None

    async def troubled_jobs(self) -> list[TroubledJob]:
        """Failed, tried in vain and waiting, or left by a worker that fell silent; newest first."""
        async with self._database.lookup_session() as session:
            rows = await session.execute(_IN_TROUBLE, {"silent": SILENT_AFTER, "most": MOST})
            return [TroubledJob(*row) for row in rows]

    async def jobs_of(self, order_id: str, mail_ids: list[str]) -> list[TroubledJob]:
        ids = {"order_id": order_id, "mail_ids": mail_ids}
        async with self._database.lookup_session() as session:
            return [TroubledJob(*row) for row in await session.execute(_OF_ORDER, ids)]

    async def retry(self, job_id: int) -> None:
        """Start it over now. JobGone."""
        try:
            async with self._database.lookup_session() as session:
                hurried = (await session.execute(_HURRY, {"id": job_id})).one_or_none()
                wish = {"id": job_id, "silent": SILENT_AFTER}
                retried = hurried or (await session.execute(_RETRY, wish)).one_or_none()
        except IntegrityError as error:
            raise JobGone("The same job was asked for again since, and waits already.") from error
        if retried is None:
            raise JobGone("It has been done, or is being done now.")

    async def postings(self, key: OrderKey) -> list[tables.LedgerPosting]:
        posting = tables.LedgerPosting
        async with self._database.tenant_session(key.reseller_id) as session:
            query = select(posting).where(posting.order_id == key.order_id).order_by(posting.posting_id)
            return list(await session.scalars(query))

    async def events(self, order_id: str) -> list[tables.StripeEvent]:
        event = tables.StripeEvent
        async with self._database.lookup_session() as session:
            return list(await session.scalars(select(event).where(event.order_id == order_id)))
