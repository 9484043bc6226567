"""Where each database of the platform is. TIQZY_DATABASE_URL (the shop's) -> the address of any of the four"""

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import SecretStr

from core.errors import SettingsError
from core.settings import Settings


class Database(StrEnum):
    """The databases of one platform; they stand on one server and share a prefix, which is mostly empty."""

    SHOP = "shop"
    LAKE = "lake"
    SQLMESH = "sqlmesh"
    DAGSTER = "dagster"


class Role(StrEnum):
    """The roles of one server."""

    OWNER = "tiqzy"
    SHOP = "tiqzy_shop"
    LOOKUP = "tiqzy_lookup"
    LAKE = "tiqzy_lake"


class Driver(StrEnum):
    PSYCOPG = "postgresql+psycopg"
    # Dagster's storage sends a NOTIFY that psycopg 3 refuses.
    PSYCOPG2 = "postgresql+psycopg2"


def database_url(database: Database, settings: Settings) -> str:
    """Address of a database for libpq, as the owner role.

    SettingsError when TIQZY_DATABASE_URL is missing or names no database that ends in `shop`.
    """
    return sibling_url(_required(settings.database_url, "TIQZY_DATABASE_URL"), database)


def shop_role_url(settings: Settings) -> str:
    """Address of the shop's database as the role that row-level security binds; SettingsError when not set."""
    return _required(settings.shop_database_url, "TIQZY_SHOP_DATABASE_URL")


def sibling_url(url: str, database: Database) -> str:
    """The shop database's URL turned into that of another database: `/demo_shop` becomes `/demo_lake`."""
    return replace_database(url, name_prefix(url) + database)


def name_prefix(url: str) -> str:
    """What the names of this platform's databases begin with; empty for a database called just `shop`."""
    name = urlsplit(url).path.removeprefix("/")
    if not name.endswith(Database.SHOP):
        raise SettingsError("TIQZY_DATABASE_URL must name a database that is called shop, or ends in shop")
    return name.removesuffix(Database.SHOP)


def replace_database(url: str, name: str) -> str:
    parts = urlsplit(url)
    scheme, netloc, query = parts.scheme, parts.netloc, parts.query
    # urlunsplit leaves out an empty host, and libpq reads `postgresql:/shop` as another address.
    return f"{scheme}://{netloc}{urlunsplit(('', '', f'/{name}', query, ''))}"


def sqlalchemy_url(url: str, driver: Driver = Driver.PSYCOPG) -> str:
    """The URL as SQLAlchemy wants it, driver included."""
    return driver + url[url.index(":") :]


def conninfo(url: str) -> str:
    """The URL as `key=value` words, which DuckLake's ATTACH and psycopg read."""
    words: dict[str, Any] = conninfo_to_dict(url)
    return make_conninfo(**words)


def _required(secret: SecretStr | None, variable: str) -> str:
    if secret is None:
        raise SettingsError(
            f"{variable} is not set: start the platform with `make run`, or set it to a server's address"
        )
    return secret.get_secret_value()
