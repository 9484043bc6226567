"""What starts when. database -> sandbox, tables -> shop, first load, last sales -> first page -> dashboards, Dagster"""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import httpx

from core.settings import Settings
from deploy.local import services
from deploy.local.children import Children, Command
from deploy.local.database import PlatformDatabase
from deploy.local.errors import StepFailed
from deploy.local.home_settings import sandbox_variables, write_settings
from deploy.local.services import Service
from deploy.local.terminal import Terminal
from deploy.local.welcome import first_shop_path, print_welcome
from warehouse.manifest import Dataset
from warehouse.store import ReleaseStore

ANSWER_SECONDS = 120
ASK_AGAIN_SECONDS = 0.1
# On a busy machine the last sales may take longer; then they come behind the first page.
RECENT_SALES_SECONDS = 15
# Older than this, a release from an earlier run is renewed at once: the schedules may be hours away.
STALE = timedelta(hours=6)


class LocalPlatform:
    """The parts of one run, in the order that shows the first shop page soonest."""

    def __init__(
        self,
        given: Settings,
        database: PlatformDatabase,
        children: Children,
        terminal: Terminal,
        *,
        sandbox_places: int | None,
        visitors: float | None,
    ) -> None:
        self._given = given
        self._database = database
        self._children = children
        self._terminal = terminal
        self._sandbox_places = sandbox_places
        self._visitors = visitors
        self._seeding: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when all is up and loaded; the children then live until somebody stops them."""
        settings = await self._start_database()
        self._children.keep(services.shop(settings).command)
        release_age = _release_age(settings)
        # Goes on behind the first page: what shops show first is published before the rest is loaded.
        loading = asyncio.create_task(self._load()) if release_age is None else None
        history: asyncio.Task[None] | None = None
        try:
            await self._first_page(settings, loading)
            await self._start_slower_parts(settings)
            print_welcome(self._terminal, settings, has_sandbox=self._has_sandbox)
            if self._has_sandbox and self._visitors:
                self._children.keep(services.visitors(settings, self._visitors))
            if self._has_sandbox:
                history = asyncio.create_task(self._try(services.history()))
            if release_age is not None and release_age > STALE:
                self._terminal.say("The catalogue is from an earlier run: loading it again, the shop goes on meanwhile")
                await self._load()
            for behind in (loading, self._seeding, history):
                if behind:
                    await behind
        finally:
            for behind in (loading, self._seeding, history):
                if behind:
                    behind.cancel()

    @property
    def _has_sandbox(self) -> bool:
        return not self._given.connections

    async def _start_database(self) -> Settings:
        with self._terminal.step(f"{self._database.name}, with roles, databases and tables"):
            variables = await self._database.start()
        if self._has_sandbox:
            variables |= sandbox_variables(self._given)
        settings = write_settings(self._given.home, variables)
        if self._has_sandbox:
            self._children.keep(services.sandbox(settings, self._sandbox_places).command)
        return settings

    async def _load(self) -> None:
        # A provider may be down: the shop shows what it has, and Dagster tries again at its own pace.
        await self._try(services.load())

    async def _try(self, command: Command) -> None:
        try:
            await self._children.once(command)
        except StepFailed as problem:
            self._terminal.say(str(problem))

    async def _first_page(self, settings: Settings, loading: asyncio.Task[None] | None) -> None:
        """On the first start, with the last sales behind it: they are made as soon as there is a catalogue."""
        shop = services.shop(settings)
        page = shop.page + first_shop_path() if self._has_sandbox else shop.ready_url
        if self._has_sandbox:
            self._seeding = asyncio.create_task(self._try(services.seed()))
        is_shown = await _is_answering(page, loading)
        if self._seeding and loading:
            await asyncio.wait([self._seeding], timeout=RECENT_SALES_SECONDS if is_shown else 0)
        if is_shown:
            self._terminal.say(f"The shop answers: {page}")
        else:
            self._terminal.say("The shop has nothing to show yet: see shop.log and load.log")

    async def _start_slower_parts(self, settings: Settings) -> None:
        self._children.keep(services.worker())
        dashboards, dagster = services.dashboards(settings), services.dagster(settings)
        for service in (dashboards, *dagster):
            self._children.keep(service.command)
        self._children.keep(services.stream())
        await asyncio.gather(self._answers(dashboards, "Dashboards"), self._answers(dagster[-1], "Dagster"))

    async def _answers(self, service: Service, name: str) -> None:
        is_up = await _is_answering(service.ready_url)
        self._terminal.say(f"{name}: ready" if is_up else f"{name}: no answer yet, see {service.command.name}.log")


async def _is_answering(url: str, loading: asyncio.Task[None] | None = None) -> bool:
    """Whether `url` answers 200 within ANSWER_SECONDS, or while `loading` still works on what it shows."""
    deadline = time.monotonic() + ANSWER_SECONDS
    async with httpx.AsyncClient(trust_env=False, timeout=5, follow_redirects=True) as client:
        while time.monotonic() < deadline or (loading and not loading.done()):
            try:
                if (await client.get(url)).status_code == httpx.codes.OK:
                    return True
            except httpx.HTTPError:
                pass
            await asyncio.sleep(ASK_AGAIN_SECONDS)
    return False


def _release_age(settings: Settings) -> timedelta | None:
    try:
        manifest = ReleaseStore(settings.publish_path, Dataset.CATALOG).current()
    except ValueError:
        return None
    return datetime.now(UTC) - manifest.published_at if manifest else None
