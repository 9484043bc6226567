"""The server of a run comes back when it dies."""

import asyncio
import os
import signal
from pathlib import Path

from core.settings import Settings
from deploy.local import database
from deploy.local.database import PlatformDatabase


async def test_a_server_that_dies_is_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "LOOK_SECONDS", 0.1)
    said: list[str] = []
    server = PlatformDatabase(Settings(home=tmp_path, _env_file=None))
    watch = asyncio.create_task(server.watch(said.append))
    try:
        addresses = await server.start()
        number = tmp_path / "postgres" / "data" / "postmaster.pid"
        first = _server_of(number)
        os.kill(first, signal.SIGKILL)
        async with asyncio.timeout(60):
            # The file of the first server stays until the next one starts.
            while not said or not number.exists() or _server_of(number) == first:  # noqa: ASYNC110 - a file tells nobody
                await asyncio.sleep(0.1)
        assert await server.start() == addresses
        assert said == ["PostgreSQL ended; starting it again"]
    finally:
        watch.cancel()
        await server.stop()


def _server_of(number: Path) -> int:
    return int((number.read_text().splitlines() or ["0"])[0])
