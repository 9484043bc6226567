"""Roles and databases of a platform, made where they are missing. a server's address -> roles and four databases"""

import psycopg
from psycopg import sql

from core.db.addresses import Database, Role, name_prefix, replace_database
from core.db.embedded.address import MAINTENANCE_DATABASE, ServerAddress
from core.errors import DatabaseError

OLDEST_RELEASE = 16
PROVISION_LOCK = 7_001
# A page has a second; what takes longer is a mistake that must not hold locks and connections.
SHOP_LIMITS = {"statement_timeout": "10s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"}

Connection = psycopg.Connection[tuple[object, ...]]


def provision_embedded(address: ServerAddress) -> None:
    """All that a platform needs on our own server, the owner role included."""
    create_owner(address.superuser_url, address.passwords[Role.OWNER])
    provision(address.database_url, address.passwords[Role.SHOP])


def create_owner(superuser_url: str, password: str) -> None:
    """The role that owns the databases: it may make databases and roles, and is no superuser."""
    with connect(superuser_url) as connection:
        _alone(connection)
        _ensure_role(connection, Role.OWNER, "LOGIN NOSUPERUSER CREATEDB CREATEROLE", password)


def provision(database_url: str, shop_password: str) -> None:
    """Roles and databases, as the owner, who needs CREATEDB and CREATEROLE; for a managed server or our own."""
    prefix = name_prefix(database_url)
    try:
        with maintenance(database_url) as connection:
            _alone(connection)
            create_roles(connection, shop_password)
            for database in Database:
                create_database(connection, prefix + database)
            open_to_shop(connection, prefix + Database.SHOP)
    except psycopg.Error as error:
        raise DatabaseError(f"roles and databases cannot be made: {str(error).splitlines()[0]}") from error


def create_roles(connection: Connection, shop_password: str) -> None:
    """Who the shop signs in as, which row-level security binds, who its lookups run as, and who reads for the lake."""
    _ensure_role(connection, Role.SHOP, "LOGIN NOINHERIT", shop_password)
    for limit, value in SHOP_LIMITS.items():
        setting = sql.SQL("ALTER ROLE {} SET {} = {}")
        connection.execute(setting.format(sql.Identifier(Role.SHOP), sql.Identifier(limit), sql.Literal(value)))
    # The owner becomes either: the migrations give functions to the one, and the lake is loaded as the other.
    for role in (Role.LOOKUP, Role.LAKE):
        _ensure_role(connection, role, "NOLOGIN NOINHERIT")
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT FALSE").format(sql.Identifier(role)))
    unsafe = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls)",
        [[Role.SHOP, Role.LOOKUP, Role.LAKE]],
    ).fetchone()
    if unsafe:
        raise DatabaseError(f"the role {unsafe[0]} could bypass row-level security: make it NOSUPERUSER NOBYPASSRLS")


def create_database(connection: Connection, name: str, *, template: str = "template1") -> None:
    """A database that nobody but its owner may enter, unless it is there."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        # Copying the template's files takes half the time of writing them through the log.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def open_to_shop(connection: Connection, name: str) -> None:
    """Let the shop's role enter a database."""
    grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
    connection.execute(grant.format(sql.Identifier(name), sql.Identifier(Role.SHOP)))


def maintenance(database_url: str) -> Connection:
    """A connection as the URL's role that does not need the URL's database to exist."""
    try:
        return connect(replace_database(database_url, MAINTENANCE_DATABASE))
    except DatabaseError:
        return connect(database_url)


def connect(url: str) -> Connection:
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise DatabaseError(f"PostgreSQL cannot be reached: {reason}") from error
    release = connection.info.server_version // 10_000
    if release < OLDEST_RELEASE:
        connection.close()
        raise DatabaseError(f"PostgreSQL {release} is too old: {OLDEST_RELEASE} or newer is needed")
    return connection


def _alone(connection: Connection) -> None:
    connection.execute("SELECT pg_advisory_lock(%s)", [PROVISION_LOCK])


def _ensure_role(connection: Connection, role: Role, attributes: str, password: str | None = None) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(attributes)))
    if password is not None:
        # Hashed on our side, so that no log or statistics view can show it.
        hashed = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed)))
