"""Does the jobs. shop database's queue -> settlement, mail; and wakes what somebody must look at again

`python -m api.worker`, as many as are needed. A worker that dies loses nothing: the next one takes its jobs over.
"""

import asyncio
import sys
from contextlib import suppress
from typing import Final

import structlog
from procrastinate import App, RetryStrategy
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Status
from sqlalchemy.exc import SQLAlchemyError

from api.jobs import Task
from api.sale.shapes import OrderKey
from api.wiring import Platform, build_platform, is_production
from core.errors import PlatformError
from core.failpoints import fail_points
from core.logs import log_as_server
from core.settings import settings

log = structlog.get_logger("api.worker")

JOBS_AT_ONCE: Final = 8
SWEEP_SECONDS: Final = 5
MOST_AT_ONCE: Final = 200
# Two seconds of work at the most, so that the sales of the next sweep do not wait for it.
MOST_VISITS_AT_ONCE: Final = 100
# Each wait is three times the last; ten of them last a day.
MAIL_ATTEMPTS: Final = 10
# A worker says every ten seconds that it lives.
DEAD_AFTER_SECONDS: Final = 30


def register(platform: Platform) -> App:
    """The queue with its tasks, done by this platform's parts."""
    app = platform.jobs.app
    if Task.SETTLE_ORDER in app.tasks:
        return app

    @app.task(name=Task.SETTLE_ORDER, retry=RetryStrategy(max_attempts=6, exponential_wait=3))
    async def settle_order(reseller_id: str, order_id: str, request_id: str | None = None) -> None:
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await platform.settlement.settle(OrderKey(reseller_id, order_id))

    @app.task(name=Task.SEND_MAIL, retry=RetryStrategy(max_attempts=MAIL_ATTEMPTS, exponential_wait=3))
    async def send_mail(reseller_id: str, mail_id: str, request_id: str | None = None) -> None:
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await platform.letters.send(reseller_id, mail_id)

    return app


async def sweep(platform: Platform) -> None:
    """Wake every sale whose time has come, start over the jobs of workers that died, and book what visits earned."""
    for key in await platform.sales.due(platform.clock(), MOST_AT_ONCE):
        await platform.sales.wake(key)
    manager = platform.jobs.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        log.warning("a worker died at its job", job_id=job.id, task=job.task_name)
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # The same was asked for since and waits; it can only begin when this one no longer has the order's lock.
            await manager.finish_job(job, Status.FAILED, delete_job=True)
    # Last: sales that wait have five minutes, and nobody waits for this.
    await platform.visits.earn(platform.clock(), MOST_VISITS_AT_ONCE)


async def run_due_jobs(platform: Platform) -> None:
    """Do whatever is due now, and what that leads to. Needs `platform.running()`."""
    app = register(platform)
    async with app.open_async():
        await sweep(platform)
        await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False, concurrency=1)


async def work(platform: Platform) -> None:
    """Until SIGINT or SIGTERM; jobs that run then are finished."""
    app = register(platform)
    async with platform.running(), app.open_async():
        # What the dead left behind is there to be fetched at once.
        await _try_to_sweep(platform)
        sweeping = asyncio.create_task(_sweep_forever(platform))
        try:
            log.info("worker starts", jobs_at_once=JOBS_AT_ONCE)
            await app.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
            )
        finally:
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping


async def _sweep_forever(platform: Platform) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        await _try_to_sweep(platform)


async def _try_to_sweep(platform: Platform) -> None:
    try:
        await sweep(platform)
    except (SQLAlchemyError, ConnectorException, OSError) as error:
        log.warning("sweep failed", error=type(error).__name__)


def main() -> int:
    log_as_server()
    try:
        chosen = settings()
        if chosen.fail_at and not is_production(chosen):
            fail_points.arm(chosen.fail_at)
        asyncio.run(work(build_platform(chosen)))
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
