"""A whole platform of one's own, as `make run` starts it. a home -> running processes, stopped at the end"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil

from core.db.embedded import EmbeddedServer
from core.settings import ROOT, Settings
from deploy.local.database import PlatformDatabase
from deploy.local.home_settings import write_settings

PORTS = {
    "TIQZY_SHOP_PORT": 28000,
    "TIQZY_DASHBOARDS_PORT": 28501,
    "TIQZY_DAGSTER_PORT": 23000,
    "TIQZY_SANDBOX_PORT": 28100,
}
SHOP = f"http://127.0.0.1:{PORTS['TIQZY_SHOP_PORT']}"
DASHBOARDS = f"http://127.0.0.1:{PORTS['TIQZY_DASHBOARDS_PORT']}"
FRONT = f"{SHOP}/s/herengracht/"
PATIENCE_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """`first_page_seconds` is from the command to the first shop page."""

    home: Path
    supervisor: psutil.Process
    first_page_seconds: float

    def said(self) -> str:
        """What it printed so far, in one line."""
        return re.sub(r"\s+", " ", (self.home / "terminal").read_text())

    def wait_until_said(self, words: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.said():
            if time.monotonic() > deadline or not self.supervisor.is_running():
                raise SystemExit(f"make run never said {words!r}: {self.said()[-500:]}")
            time.sleep(1)

    def cpu_seconds(self) -> float:
        """What all processes of this home have used, PostgreSQL's too."""
        postmaster = int((self.home / "postgres/data/postmaster.pid").read_text().splitlines()[0])
        roots = (self.supervisor, psutil.Process(postmaster))
        processes = {process for root in roots for process in (root, *root.children(recursive=True))}
        return sum(_cpu_seconds(process) for process in processes)


@contextmanager
def own_home() -> Iterator[Path]:
    """An empty home, gone afterwards."""
    with TemporaryDirectory(prefix="tiqzy-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        try:
            yield home
        finally:
            EmbeddedServer(home).delete()


@contextmanager
def databases(home: Path) -> Iterator[Settings]:
    """PostgreSQL alone, as `make run` prepares it, and the settings that lead to it; stopped at the end."""
    database = PlatformDatabase(Settings(home=home, _env_file=None))  # type: ignore[call-arg] - pydantic-settings' own switch
    try:
        yield write_settings(home, {"TIQZY_HOME": str(home), **asyncio.run(database.start())})
    finally:
        EmbeddedServer(home).stop()


@contextmanager
def running(home: Path) -> Iterator[Run]:
    """`make run` from its first shop page on, until the block ends."""
    began = time.monotonic()
    with (home / "terminal").open("wb") as terminal:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "deploy.local"],
            cwd=ROOT,
            env=_environment(home),
            stdout=terminal,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for_first_page(supervisor, home)
        yield Run(home, psutil.Process(supervisor.pid), round(time.monotonic() - began, 1))
    finally:
        supervisor.send_signal(signal.SIGINT)
        supervisor.wait(60)


def _environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIQZY_")}  # noqa: TID251 - handed on
    return own | {"TIQZY_HOME": str(home)} | {name: str(port) for name, port in PORTS.items()}


def _wait_for_first_page(supervisor: "subprocess.Popen[bytes]", home: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while supervisor.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(FRONT, timeout=10, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    said = re.sub(r"\s+", " ", (home / "terminal").read_text())
    raise SystemExit(f"make run showed no shop page: {said[-500:]}")


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(used.user + used.system)
