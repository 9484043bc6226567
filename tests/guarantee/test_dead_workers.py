"""What a dead worker leaves behind is done by the next one."""

import psycopg

from api.worker import sweep
from core.db.addresses import Database, database_url
from tests.fixtures.sales import Desk

DIED_AT_IT = """
  WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id)
  UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead WHERE status = 'todo'
"""


def _worker_dies(desk: Desk) -> None:
    with psycopg.connect(database_url(Database.SHOP, desk.platform.settings)) as connection:
        connection.execute(DIED_AT_IT)


async def _swept(desk: Desk) -> list[tuple[object, ...]]:
    async with desk.platform.jobs.app.open_async():
        await sweep(desk.platform)
    return desk.rows("SELECT status, count(*)::int FROM procrastinate_jobs GROUP BY 1")


async def test_its_job_is_started_over(trial_desk, assortment):
    key, _ = await trial_desk.draft(what=assortment[0])
    await trial_desk.platform.sales.wake(key)
    _worker_dies(trial_desk)
    assert await _swept(trial_desk) == [("todo", 1)]


async def test_a_job_that_was_asked_for_since_takes_its_place(trial_desk, assortment):
    key, _ = await trial_desk.draft(what=assortment[0])
    await trial_desk.platform.sales.wake(key)
    _worker_dies(trial_desk)
    await trial_desk.platform.sales.wake(key)
    assert await _swept(trial_desk) == [("todo", 1)]
