"""A run of `make run`'s program, on free ports and a home of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx
import psutil

from api.accounts.demo import DemoSignIn, read_demo_sign_ins
from api.demo_shops import demo_shops
from core.settings import ROOT
from deploy.local.welcome import first_shop_path

PORTS = ("TIQZY_SHOP_PORT", "TIQZY_DASHBOARDS_PORT", "TIQZY_DAGSTER_PORT", "TIQZY_SANDBOX_PORT")
PLACES = 12


def free_ports() -> dict[str, int]:
    """A port for each page, with the one above it free too: Dagster's code server takes it."""
    found: dict[str, int] = {}
    while len(found) < len(PORTS):
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
        if not {port - 1, port, port + 1} & set(found.values()):
            found[PORTS[len(found)]] = port
    return found


@dataclass
class LocalRun:
    """Started on entering, killed on leaving where it still runs."""

    home: Path
    ports: dict[str, int] = field(default_factory=free_ports)

    def __enter__(self) -> Self:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TIQZY_")}  # noqa: TID251 - handed on
        given = {"TIQZY_HOME": str(self.home)} | {name: str(port) for name, port in self.ports.items()}
        self.home.mkdir(parents=True, exist_ok=True)
        self._output = (self.home / "terminal").open("ab")
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "deploy.local", "--sandbox-places", str(PLACES)],
            cwd=ROOT,
            env=inherited | given,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.interrupt()
        self._output.close()

    @property
    def terminal(self) -> str:
        return (self.home / "terminal").read_text()

    @property
    def shop(self) -> str:
        return f"http://127.0.0.1:{self.ports['TIQZY_SHOP_PORT']}"

    @property
    def dashboards(self) -> str:
        return f"http://127.0.0.1:{self.ports['TIQZY_DASHBOARDS_PORT']}"

    def owner(self) -> DemoSignIn:
        """Who owns the first demo shop."""
        return next(one for one in read_demo_sign_ins(self.home) if one.reseller == demo_shops()[0].reseller)

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def first_page(self, within: float) -> httpx.Response:
        """The page of a demo shop, as soon as one answers."""
        self.until_said(f"({first_shop_path()})", within)
        return self.answer(f"{self.shop}{first_shop_path()}", within)

    def until_said(self, pattern: str, within: float) -> str:
        """The first group of `pattern` once it is on the terminal."""
        deadline = time.monotonic() + within
        while not (match := re.search(pattern, self.terminal)):
            assert self.process.poll() is None, self.terminal
            assert time.monotonic() < deadline, self.terminal
            time.sleep(0.1)
        return match[1]

    def answer(self, url: str, within: float) -> httpx.Response:
        """What `url` answers once it answers 200."""
        deadline = time.monotonic() + within
        while True:
            try:
                answer = httpx.get(url, follow_redirects=True, timeout=10, trust_env=False)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == httpx.codes.OK:
                return answer
            assert self.process.poll() is None, self.terminal
            assert time.monotonic() < deadline, self.terminal
            time.sleep(0.1)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def descendants(self) -> list[psutil.Process]:
        """The children, and what these started themselves."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process:
        """The process of which `word` is an argument."""
        return next(one for one in self.children() if word in one.cmdline())


def gone(processes: list[psutil.Process], within: float = 60) -> bool:
    """Whether all have ended; one that waits for its parent to notice counts as ended."""
    _, alive = psutil.wait_procs(processes, timeout=within)
    return all(one.status() == psutil.STATUS_ZOMBIE for one in alive if one.is_running())
