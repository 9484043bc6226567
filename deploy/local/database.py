"""The server of this run: our own, or the one TIQZY_DATABASE_URL names. settings -> ready databases -> addresses"""

import asyncio
import secrets
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from core.db.addresses import Database, Role, database_url
from core.db.embedded import EmbeddedServer
from core.db.migrate import migrate
from core.db.provision import provision, provision_embedded
from core.errors import DatabaseError
from core.settings import Settings

LOOK_SECONDS = 3.0

Variables = dict[str, str]


class PlatformDatabase:
    """Started once; stopped only where it is ours."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._embedded = None if settings.database_url else EmbeddedServer(settings.home)
        self._starting: asyncio.Future[Variables] | None = None

    @property
    def name(self) -> str:
        return "PostgreSQL" if self._embedded else "The PostgreSQL of TIQZY_DATABASE_URL"

    async def start(self) -> Variables:
        """Server, roles, databases and tables; the variables that lead to them. DatabaseError when it cannot be."""
        # Shielded: a start that Ctrl-C interrupts must be over before the stop.
        self._starting = asyncio.ensure_future(asyncio.to_thread(self._start))
        return await asyncio.shield(self._starting)

    async def watch(self, say: Callable[[str], None]) -> None:
        """Start our own server again whenever it has died, until cancelled."""
        while self._embedded is not None:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if self._starting and self._starting.done() and not await asyncio.to_thread(self._embedded.address):
                    say("PostgreSQL ended; starting it again")
                    await self.start()
            except DatabaseError as error:
                say(str(error))

    async def stop(self) -> None:
        if self._starting is None:
            return
        await asyncio.wait([self._starting])
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.stop)

    def _start(self) -> Variables:
        if self._embedded is None:
            return _prepare_given(self._settings)
        address = self._embedded.start()
        provision_embedded(address)
        migrate(address.database_url)
        return {"TIQZY_DATABASE_URL": address.database_url, "TIQZY_SHOP_DATABASE_URL": address.shop_database_url}


def _prepare_given(settings: Settings) -> Variables:
    owner_url = database_url(Database.SHOP, settings)
    given_shop_url = settings.shop_database_url.get_secret_value() if settings.shop_database_url else None
    shop_url = given_shop_url or _as_shop_role(owner_url, secrets.token_hex(24))
    provision(owner_url, urlsplit(shop_url).password or "")
    migrate(owner_url)
    return {} if given_shop_url else {"TIQZY_SHOP_DATABASE_URL": shop_url}


def _as_shop_role(owner_url: str, password: str) -> str:
    parts = urlsplit(owner_url)
    server = parts.netloc.rpartition("@")[2]
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{Role.SHOP}:{quote(password)}@{server}{parts.path}{query}"
