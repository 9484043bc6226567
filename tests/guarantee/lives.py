"""Processes that sell until they die. settings, an hour -> a fork of what has imported everything -> its end

A death at a fail-point is `os._exit` in a process of its own: no clean-up, no last commit, connections cut.
"""

import asyncio
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socket
from typing import NoReturn

import stripe
import uvicorn

from api.app import Application
from api.errors import StatusCoded
from api.wiring import Platform, build_platform
from api.worker import work
from core.domain.clock import utc_now
from core.failpoints import KILLED_EXIT_CODE, fail_points
from core.logs import log_as_server
from core.settings import Settings
from pipelines.sources.octo import transport

END_SECONDS = 30
# By itself, at a fail-point, or told so before it had begun to listen.
ENDS = {0, KILLED_EXIT_CODE, -signal.SIGKILL, -signal.SIGTERM}
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__])

Deed = Callable[[Platform], Awaitable[None]]


@dataclass(frozen=True)
class Hour:
    """A clock that is ahead of the real one."""

    ahead: timedelta

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@dataclass
class Life:
    """One process. `passed` counts the fail-points it reached, and is known when it has ended."""

    process: multiprocessing.process.BaseProcess
    wire: Connection
    deadly: str
    is_worker: bool
    passed: Counter[str] = field(default_factory=Counter)

    @property
    def is_over(self) -> bool:
        return not self.process.is_alive()

    @property
    def died_at(self) -> str | None:
        """The one deadly fail-point that it reached."""
        if self.process.exitcode != KILLED_EXIT_CODE:
            return None
        wanted = (point.partition(":") for point in self.deadly.split(","))
        return next(name for name, _, count in wanted if self.passed[name] >= int(count or 1))

    def end(self, how: signal.Signals | None = None) -> None:
        """Wait for its end, asking for it where `how` says so, and hear what it passed."""
        if how is not None and self.process.pid and not self.is_over:
            os.kill(self.process.pid, how)
        self.process.join(END_SECONDS)
        assert self.is_over, "a process does not end"
        # One that was killed has said nothing.
        with suppress(EOFError):
            self.passed = self.wire.recv()
        assert self.process.exitcode in ENDS, f"a process broke: {self.process}"


@dataclass(frozen=True)
class Nursery:
    """Starts processes of one platform; what they log is in `log`."""

    settings: Settings
    log: Path

    def worker(self, ahead: timedelta, fail_at: str) -> Life:
        """`python -m api.worker` at that hour, until it is told to end or has reached one of `fail_at`."""
        return self.doing(work, ahead, fail_at)

    def doing(self, deed: Deed, ahead: timedelta, fail_at: str) -> Life:
        """What a request does, in a process of its own. `deed` can be pickled."""
        return self._born(fail_at, _live, deed, self.settings, ahead, fail_at, is_worker=deed is work)

    def server(self, listener: socket) -> Life:
        """The API, which Stripe's webhooks go to."""
        return self._born("", _serve, self.settings, listener)

    def _born(self, deadly: str, main: Callable[..., None], *args: object, is_worker: bool = False) -> Life:
        ours, theirs = _forks.Pipe()
        process = _forks.Process(target=main, args=(*args, theirs, self.log), daemon=True)
        process.start()
        theirs.close()
        return Life(process, ours, deadly, is_worker)


def _live(deed: Deed, settings: Settings, ahead: timedelta, fail_at: str, wire: Connection, log: Path) -> None:
    def die() -> NoReturn:
        wire.send(fail_points.passed)
        os._exit(KILLED_EXIT_CODE)

    _settle_in(log)
    if fail_at:
        fail_points.arm(fail_at)
    fail_points.die = die
    asyncio.run(_do(deed, build_platform(settings, Hour(ahead))))
    wire.send(fail_points.passed)


async def _do(deed: Deed, platform: Platform) -> None:
    if deed is work:
        await work(platform)
        return
    async with platform.running():
        # An error page is an answer.
        with suppress(StatusCoded):
            await deed(platform)


def _serve(settings: Settings, listener: socket, _wire: Connection, log: Path) -> None:
    _settle_in(log)
    application = Application(build_platform(settings))
    uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False)).run(sockets=[listener])


def _settle_in(log: Path) -> None:
    """Log into the file, let clients be impatient, and spend no second on a password that nobody types."""
    target = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(target, 1)
    os.dup2(target, 2)
    log_as_server()
    transport._backoff = lambda _: 0  # noqa: SLF001 - the only way to it in another process
    stripe.HTTPClient.INITIAL_DELAY = stripe.HTTPClient.MAX_DELAY = 0.01
