"""`python -m core.db.migrate`: bring the shop database to the newest schema. migrations/versions -> shop"""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from core.db.addresses import Database, database_url, sqlalchemy_url
from core.errors import DatabaseError, PlatformError
from core.settings import settings

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_002


def migrate(url: str) -> None:
    """Apply what is missing, all or nothing; of several starts at once, one does it and the others wait.

    `url` is the shop database's, as its owner.
    """
    engine = create_engine(sqlalchemy_url(url), connect_args={"connect_timeout": 10})
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseError(f"the shop database cannot be migrated: {reason}") from error
    finally:
        engine.dispose()


def main() -> int:
    try:
        migrate(database_url(Database.SHOP, settings()))
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
