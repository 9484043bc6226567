"""One run of the platform, from preflight to clean stop. settings -> PlatformDatabase, Children -> LocalPlatform"""

import asyncio
import shutil
import signal
from pathlib import Path

from core.settings import Settings
from deploy.local.children import Children
from deploy.local.database import PlatformDatabase
from deploy.local.home_settings import user_settings
from deploy.local.leftovers import ProcessRecord
from deploy.local.platform import LocalPlatform
from deploy.local.preflight import check_home, check_ports, only_run
from deploy.local.terminal import Terminal

LOW_DISK_BYTES = 300_000_000
LOOK_AT_DISK_SECONDS = 60


async def run(*, sandbox_places: int | None = None, visitors: float | None = None) -> None:
    """Run until SIGINT or SIGTERM; returns when every process has ended. PlatformError says what stood in the way.

    `visitors` is how many simulated people come to the demo shops in a minute.
    """
    given = user_settings()
    terminal = Terminal()
    check_home(given.home)
    with only_run(given.home):
        record = ProcessRecord(given.home / "processes.json")
        if ended := record.end_leftovers():
            terminal.say(f"Ended {ended} processes that an earlier run left behind")
        check_ports(_ports(given))
        terminal.print(f"Tiqzy starts. Data: {given.home}  Logs: {given.home / 'logs'}  Ctrl-C stops it.")
        children = Children(given.home / "logs", record, terminal)
        database = PlatformDatabase(given)
        platform = LocalPlatform(given, database, children, terminal, sandbox_places=sandbox_places, visitors=visitors)
        watches = [
            asyncio.create_task(_watch_disk(given.home, terminal)),
            asyncio.create_task(database.watch(terminal.say)),
        ]
        try:
            await _until_asked_to_stop(platform)
        finally:
            for watch in watches:
                watch.cancel()
            terminal.print("Stopping")
            await children.stop()
            await database.stop()
            terminal.say("Everything has stopped")


async def _until_asked_to_stop(platform: LocalPlatform) -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, asked.set)
    start = asyncio.create_task(platform.start())
    stop = asyncio.create_task(asked.wait())
    await asyncio.wait([start, stop], return_when=asyncio.FIRST_COMPLETED)
    if not stop.done():
        start.result()
        await stop
    start.cancel()
    await asyncio.wait([start])


async def _watch_disk(home: Path, terminal: Terminal) -> None:
    is_said = False
    while True:
        free = shutil.disk_usage(home).free
        if free < LOW_DISK_BYTES and not is_said:
            terminal.say(f"Only {free / 1e6:.0f} MB is left on the disk of {home}: loads and releases will soon fail.")
        is_said = free < LOW_DISK_BYTES
        await asyncio.sleep(LOOK_AT_DISK_SECONDS)


def _ports(settings: Settings) -> dict[int, str]:
    ports = {
        settings.shop_port: "TIQZY_SHOP_PORT",
        settings.dashboards_port: "TIQZY_DASHBOARDS_PORT",
        settings.dagster_port: "TIQZY_DAGSTER_PORT",
        settings.dagster_port + 1: "TIQZY_DAGSTER_PORT",
    }
    if settings.connections:
        return ports
    return ports | {settings.sandbox_port: "TIQZY_SANDBOX_PORT", settings.sandbox_port + 1: "TIQZY_SANDBOX_PORT"}
