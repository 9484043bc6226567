"""How long `make run` takes until a visitor sees a shop. a new home -> first run -> second run -> seconds"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from core.db.embedded import EmbeddedServer
from core.settings import ROOT

PORTS = {
    "TIQZY_SHOP_PORT": 28000,
    "TIQZY_DASHBOARDS_PORT": 28501,
    "TIQZY_DAGSTER_PORT": 23000,
    "TIQZY_SANDBOX_PORT": 28100,
}
PATIENCE_SECONDS = 600
FRONT = f"http://127.0.0.1:{PORTS['TIQZY_SHOP_PORT']}/s/herengracht/"


def measure_ready() -> dict[str, float]:
    """Seconds from the command to the first shop page: on an empty home, and on the home of an earlier run."""
    with tempfile.TemporaryDirectory(prefix="tiqzy-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        try:
            return {"ready_seconds": _first_page(home), "ready_again_seconds": _first_page(home)}
        finally:
            EmbeddedServer(home).delete()


def _first_page(home: Path) -> float:
    began = time.monotonic()
    with (home / "terminal").open("wb") as terminal:
        run = subprocess.Popen(
            [sys.executable, "-m", "deploy.local"],
            cwd=ROOT,
            env=_environment(home),
            stdout=terminal,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(run, home / "terminal")
            return round(time.monotonic() - began, 1)
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(60)


def _environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIQZY_")}  # noqa: TID251 - handed on
    return own | {"TIQZY_HOME": str(home)} | {name: str(port) for name, port in PORTS.items()}


def _wait(run: "subprocess.Popen[bytes]", terminal: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while run.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(FRONT, timeout=10, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    said = re.sub(r"\s+", " ", terminal.read_text())
    raise SystemExit(f"make run showed no shop page: {said[-500:]}")
