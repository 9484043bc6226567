"""Every query of the feature. StripeEvent -> stripe_event, and the job it asks for"""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.jobs import Jobs
from api.payments.shapes import StripeEvent
from core.db import tables
from core.db.sessions import ShopDatabase


class StripeEventRepository:
    def __init__(self, database: ShopDatabase, jobs: Jobs) -> None:
        self._database = database
        self._jobs = jobs

    async def keep(self, event: StripeEvent, *, wakes_its_order: bool) -> bool:
        """Whether it was new; only then is its order woken, in the same transaction."""
        async with self._database.lookup_session() as session:
            is_new = await self._add(session, event)
            if is_new and wakes_its_order and event.reseller_id and event.order_id:
                await self._jobs.settle_order(session, event.reseller_id, event.order_id)
        return is_new

    async def _add(self, session: AsyncSession, event: StripeEvent) -> bool:
        """Two deliveries at once: the second waits here for the first."""
        values = {
            "event_id": event.event_id,
            "type": event.type,
            "object_id": event.object_id,
            "order_id": event.order_id,
            "created_at": event.created_at,
        }
        added = (
            insert(tables.StripeEvent).values(values).on_conflict_do_nothing().returning(tables.StripeEvent.event_id)
        )
        return await session.scalar(added) is not None
