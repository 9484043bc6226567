"""One worker at a time, across processes and machines. name -> an advisory lock in SQLMesh's database"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from core.db.addresses import Database, database_url
from core.settings import Settings


@contextmanager
def alone(work: str, settings: Settings) -> Iterator[None]:
    """Wait until nobody else does `work`; PostgreSQL frees the lock even if this process is killed."""
    with psycopg.connect(database_url(Database.SQLMESH, settings), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [work])
        yield
