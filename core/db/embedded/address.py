"""How to reach the embedded server: a folder with a socket, and a password for each role."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from core.db.addresses import Database, Role

SUPERUSER = "postgres"
MAINTENANCE_DATABASE = "postgres"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """`socket_folder` holds the server's socket; the server listens nowhere else."""

    socket_folder: Path
    passwords: Mapping[str, str] = field(repr=False)

    def url(self, database: str, role: str) -> str:
        host = quote(str(self.socket_folder))
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={host}"

    @property
    def superuser_url(self) -> str:
        """For what only a superuser may do: making the owner role."""
        return self.url(MAINTENANCE_DATABASE, SUPERUSER)

    @property
    def database_url(self) -> str:
        """What TIQZY_DATABASE_URL is for a platform on this server."""
        return self.url(Database.SHOP, Role.OWNER)

    @property
    def shop_database_url(self) -> str:
        """What TIQZY_SHOP_DATABASE_URL is for a platform on this server."""
        return self.url(Database.SHOP, Role.SHOP)
