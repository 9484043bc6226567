"""Processes are kept alive, passed on what they say, and ended with all that they started."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from deploy.local.children import Children, Command
from deploy.local.errors import StepFailed
from deploy.local.leftovers import ProcessRecord
from deploy.local.terminal import Terminal

# Writes its number, then starts a child of its own and waits; ends on SIGTERM like a server.
PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)
"""
DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""


@pytest.fixture
def record(tmp_path):
    return ProcessRecord(tmp_path / "processes.json")


@pytest.fixture
async def children(tmp_path, record):
    children = Children(tmp_path / "logs", record, Terminal())
    yield children
    await children.stop()


async def until(condition, seconds: float = 20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


def started(path: Path) -> list[int]:
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def is_alive(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


async def test_a_process_that_dies_comes_back_and_takes_its_own_children_with_it(children, tmp_path, capsys):
    pids = tmp_path / "pids"
    children.keep(Command("server", ("-c", PARENT, str(pids))))
    await until(lambda: len(started(pids)) == 2)
    server, grandchild = started(pids)
    os.kill(server, signal.SIGKILL)
    await until(lambda: len(started(pids)) == 4)
    assert not is_alive(grandchild)
    assert "server ended (signal SIGKILL); starting it again in 1 s" in capsys.readouterr().out


async def test_stop_ends_every_process_and_theirs(children, tmp_path):
    pids = tmp_path / "pids"
    children.keep(Command("server", ("-c", PARENT, str(pids))))
    await until(lambda: len(started(pids)) == 2)
    await children.stop()
    await until(lambda: not any(is_alive(pid) for pid in started(pids)))


async def test_stop_does_not_wait_for_a_process_that_will_not_end(children, tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.local.children.STOP_SECONDS", 0.5)
    ready = tmp_path / "ready"
    children.keep(Command("deaf", ("-c", DEAF, str(ready))))
    await until(ready.exists)
    async with asyncio.timeout(5):
        await children.stop()


async def test_a_step_that_fails_shows_its_last_lines(children):
    with pytest.raises(StepFailed, match=r"(?s)load failed \(exit code 3\).*the reason"):
        await children.once(Command("load", ("-c", "print('the reason'); raise SystemExit(3)")))


async def test_what_a_step_says_reaches_the_terminal_and_the_rest_its_log(children, tmp_path, capsys):
    await children.once(Command("load", ("-c", "import sys; print('products'); print('chatter', file=sys.stderr)")))
    shown = capsys.readouterr().out
    assert "products" in shown
    assert "chatter" not in shown
    assert "chatter" in (tmp_path / "logs" / "load.log").read_text()


async def test_the_next_run_ends_what_a_killed_run_left(record, tmp_path):
    pids = tmp_path / "pids"
    orphan = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, str(pids), start_new_session=True)
    record.add(orphan.pid)
    await until(lambda: len(started(pids)) == 2)
    os.kill(orphan.pid, signal.SIGKILL)
    await orphan.wait()
    assert ProcessRecord(tmp_path / "processes.json").end_leftovers() == 1
    assert not any(is_alive(pid) for pid in started(pids))


async def test_a_stranger_with_a_recorded_number_is_left_alone(record, tmp_path):
    stranger = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import time; time.sleep(600)", start_new_session=True
    )
    try:
        (tmp_path / "processes.json").write_text(f'{{"{stranger.pid}": 1.0}}')
        assert record.end_leftovers() == 0
        assert is_alive(stranger.pid)
    finally:
        stranger.kill()
        await stranger.wait()
