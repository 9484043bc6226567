"""Child processes: started in a group of their own, logged, started again when they die, and ended together."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.settings import ROOT
from deploy.local.errors import StepFailed
from deploy.local.leftovers import ProcessRecord
from deploy.local.logs import BoundedLog
from deploy.local.terminal import Terminal

STOP_SECONDS = 5.0
SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# A process that has run this long was well: its next restart is quick again.
STEADY_SECONDS = 60.0

Say = Callable[[str], None]

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Command:
    """What to run: `arguments` after the interpreter's name, and variables beside this process's own."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


class Children:
    """All processes of one run. Start them from the main thread: they end when it does."""

    def __init__(self, logs: Path, record: ProcessRecord, terminal: Terminal) -> None:
        self._logs = logs
        self._record = record
        self._terminal = terminal
        self._running: dict[asyncio.subprocess.Process, asyncio.Future[tuple[None, None]]] = {}
        self._keepers: set[asyncio.Task[None]] = set()

    def keep(self, command: Command) -> None:
        """Run `command` for as long as the platform runs: when it dies, it is started again after a pause."""
        self._keepers.add(asyncio.create_task(self._keep(command), name=command.name))

    async def once(self, command: Command) -> None:
        """Run `command` to its end, its stdout on the terminal; StepFailed, with its last lines, when it fails."""
        with self._log(command) as log:
            code = await self._run(command, log, self._terminal.say)
            if code != 0:
                raise StepFailed(f"{command.name} failed ({_fate(code)}); {log.path} ends in:\n{log.tail()}")

    async def stop(self) -> None:
        """Ask every process to end, and end those that do not within STOP_SECONDS."""
        running = dict(self._running)
        for keeper in self._keepers:
            keeper.cancel()
        for process in running:
            _signal_group(process.pid, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await asyncio.gather(*(process.wait() for process in running))
        for process in running:
            _signal_group(process.pid, signal.SIGKILL)
        await asyncio.gather(
            *(process.wait() for process in running), *running.values(), *self._keepers, return_exceptions=True
        )
        self._record.clear()

    async def _keep(self, command: Command) -> None:
        pause = SHORTEST_PAUSE_SECONDS
        with self._log(command) as log:
            while True:
                began = time.monotonic()
                code = await self._run(command, log)
                if time.monotonic() - began > STEADY_SECONDS:
                    pause = SHORTEST_PAUSE_SECONDS
                fate = f"{command.name} ended ({_fate(code)})"
                self._terminal.say(f"{fate}; starting it again in {pause:.0f} s, see {log.path}")
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _run(self, command: Command, log: BoundedLog, say: Say | None = None) -> int:
        process, spoken, complained = await _start(command)
        self._record.add(process.pid)
        reader = asyncio.gather(_copy(spoken, log, say), _copy(complained, log))
        self._running[process] = reader
        code = await process.wait()
        # What it had started itself goes with it, or a restart would find its port taken.
        _signal_group(process.pid, signal.SIGTERM)
        await asyncio.wait([reader], timeout=STOP_SECONDS)
        _signal_group(process.pid, signal.SIGKILL)
        reader.cancel()
        del self._running[process]
        self._record.remove(process.pid)
        return code

    def _log(self, command: Command) -> BoundedLog:
        return BoundedLog(self._logs / f"{command.name}.log")


async def _start(command: Command) -> tuple[asyncio.subprocess.Process, int, int]:
    """The process, and the ends of pipes that hold its stdout and stderr."""
    # Pipes of our own: with asyncio's, wait() lasts until the process's own children have closed them too.
    (spoken, stdout), (complained, stderr) = os.pipe(), os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-u",
            *command.arguments,
            cwd=ROOT,
            env=os.environ | dict(command.environment),  # noqa: TID251 - handed on whole, not read
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    except BaseException:
        os.close(spoken)
        os.close(complained)
        raise
    finally:
        os.close(stdout)
        os.close(stderr)
    return process, spoken, complained


async def _copy(output: int, log: BoundedLog, say: Say | None = None) -> None:
    stream = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(stream)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(output, "rb"))
    unfinished = ""
    while chunk := await stream.read(65_536):
        log.write(chunk)
        if say is None:
            continue
        *lines, unfinished = (unfinished + chunk.decode(errors="replace")).split("\n")
        for line in lines:
            say(line)


def _end_with_parent() -> None:
    # A process may take SIGTERM for an error of what it happens to import; the one that could insist is dead then.
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _fate(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
