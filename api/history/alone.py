"""Of several processes one makes history at a time. shop database's owner -> an advisory lock"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import psycopg

from core.db.addresses import Database, database_url
from core.settings import Settings

HISTORY_LOCK: Final = 7_024


@asynccontextmanager
async def alone(settings: Settings) -> AsyncIterator[None]:
    """Waits for who is at it. As the owner: the shop's role may neither wait nor hold a lock for so long."""
    address = database_url(Database.SHOP, settings)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute("SELECT pg_advisory_lock(%s)", [HISTORY_LOCK])
        yield
