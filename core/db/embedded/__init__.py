"""A PostgreSQL server of our own, from the binaries of a wheel. home folder -> server -> its address"""

from core.db.embedded.address import ServerAddress
from core.db.embedded.server import EmbeddedServer

__all__ = ["EmbeddedServer", "ServerAddress"]
