"""The shop database as the API uses it: bound to one reseller, or to none. TIQZY_SHOP_DATABASE_URL -> sessions"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

from core.db.addresses import sqlalchemy_url

SET_TENANT = text("SELECT set_config('tiqzy.reseller_id', :reseller_id, true)")


class ShopDatabase:
    """Sessions of the shop role, which row-level security binds; one object per process, closed with it."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=10,
            max_overflow=10,
            pool_timeout=5,
            # A server that was restarted costs nobody an error.
            pool_pre_ping=True,
            # An error's text would show names, addresses and secrets, and would be logged.
            hide_parameters=True,
            connect_args={"connect_timeout": 5},
        )
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    @asynccontextmanager
    async def tenant_session(self, reseller_id: str) -> AsyncIterator[AsyncSession]:
        """A session that sees this reseller's rows and no other's, in each of its transactions.

        Committed at the end, rolled back when the block raises.
        """

        def bind(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
            connection.execute(SET_TENANT, {"reseller_id": reseller_id})

        async with self._sessions() as session:
            event.listen(session.sync_session, "after_begin", bind)
            yield session
            await session.commit()

    @asynccontextmanager
    async def lookup_session(self) -> AsyncIterator[AsyncSession]:
        """A session of no reseller: it sees no tenant's row, and can call the lookups of core.db.lookups.

        Committed at the end, rolled back when the block raises.
        """
        async with self._sessions() as session:
            yield session
            await session.commit()

    async def close(self) -> None:
        await self._engine.dispose()
