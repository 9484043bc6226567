"""A shop as people reach it: uvicorn on a free port, and somebody who does the jobs."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep

import uvicorn

from api.app import create_app
from api.wiring import build_platform
from api.worker import run_due_jobs
from core.settings import Settings

START_SECONDS = 20


@contextmanager
def serving(chosen: Settings) -> Iterator[str]:
    """The shop as uvicorn serves it; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(chosen), access_log=False, log_level="critical"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = monotonic() + START_SECONDS
    while not server.started:
        assert monotonic() < deadline, "the shop did not start"
        sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(START_SECONDS)
    listener.close()


@contextmanager
def working(chosen: Settings) -> Iterator[None]:
    """A worker beside the shop, in a thread: a worker's process would listen for signals."""
    is_over = Event()

    async def work() -> None:
        platform = build_platform(chosen)
        async with platform.running():
            while not is_over.is_set():
                await run_due_jobs(platform)
                await asyncio.sleep(0.1)

    thread = Thread(target=asyncio.run, args=(work(),), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(START_SECONDS)
