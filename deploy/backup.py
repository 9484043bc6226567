"""Copies of a platform whose PostgreSQL is our own. <home> <-> a folder of dumps, the lake and the releases

`python -m deploy.backup save|restore FOLDER`, of and into the home that TIQZY_HOME names (docs/runbooks/backup.md).
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from core.db.addresses import Database
from core.db.embedded import EmbeddedServer, ServerAddress
from core.db.embedded.address import SUPERUSER
from core.db.embedded.binaries import find_binaries
from core.db.provision import provision_embedded
from core.errors import DatabaseError, PlatformError
from core.settings import Settings, settings
from warehouse.build import build_lock
from warehouse.lake import LAKE
from warehouse.manifest import Dataset

FOLDERS: Final = ("lake", "published")
# Restored as they were they would lie ahead of the new server's, and every read of the shop would take all rows.
FOLLOWED: Final = "SELECT table_name FROM information_schema.columns WHERE column_name = 'changed_xid'"


def save(chosen: Settings, folder: Path) -> None:
    """Copy everything of the home into a new folder, while it runs. DatabaseError when it does not."""
    address = EmbeddedServer(chosen.home).address()
    if address is None:
        raise DatabaseError(f"no server runs in {chosen.home}: start it with `python -m core.db.embedded start`")
    folder.mkdir(parents=True, mode=0o700)
    with build_lock(Dataset.CATALOG, chosen), build_lock(Dataset.SALES, chosen):
        for database in Database:
            _run(address, "pg_dump", "--format=custom", f"--file={_dump(folder, database)}", database)
        # After the catalogue that names them: files are added, and never changed.
        for name in FOLDERS:
            if (chosen.home / name).exists():
                shutil.copytree(chosen.home / name, folder / name)


def restore(chosen: Settings, folder: Path) -> None:
    """Make a home of a copy; it is left with its server running. DatabaseError where the home has one already."""
    if (chosen.home / "postgres").exists():
        raise DatabaseError(f"{chosen.home} has a database already: name a new folder in TIQZY_HOME")
    chosen.home.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        if (folder / name).exists():
            shutil.copytree(folder / name, chosen.home / name)
    address = EmbeddedServer(chosen.home).start()
    provision_embedded(address)
    for database in Database:
        _run(address, "pg_restore", "--exit-on-error", f"--dbname={database}", _dump(folder, database))
    _renumber(address)
    _move_lake(address, chosen)


def _renumber(address: ServerAddress) -> None:
    with psycopg.connect(address.url(Database.SHOP, SUPERUSER)) as connection:
        # Postings are never changed, their guard says; the transaction that wrote them is none of their facts.
        connection.execute("SET session_replication_role = replica")
        for (table,) in connection.execute(FOLLOWED).fetchall():
            renumber = sql.SQL("UPDATE {} SET changed_xid = pg_current_xact_id()")
            connection.execute(renumber.format(sql.Identifier(table)))


def _move_lake(address: ServerAddress, chosen: Settings) -> None:
    """DuckLake knows its folder by an absolute path; its files by relative ones."""
    if "://" in chosen.lake_path:
        return
    with psycopg.connect(address.url(Database.LAKE, SUPERUSER)) as connection:
        move = sql.SQL("UPDATE {}.ducklake_metadata SET value = %s WHERE key = 'data_path'").format(
            sql.Identifier(LAKE)
        )
        connection.execute(move, [f"{chosen.lake_path.rstrip('/')}/"])


def _dump(folder: Path, database: Database) -> Path:
    return folder / f"{database}.dump"


def _run(address: ServerAddress, program: str, *arguments: str | Path) -> None:
    result = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, with paths of ours
        [find_binaries() / program, f"--username={SUPERUSER}", f"--host={address.socket_folder}", *arguments],
        env={"PGPASSWORD": address.passwords[SUPERUSER]},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise DatabaseError(f"{program} failed: {result.stderr.strip() or result.returncode}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.backup", description=__doc__)
    parser.add_argument("action", choices=("save", "restore"))
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    perform = save if arguments.action == "save" else restore
    try:
        perform(settings(), arguments.folder)
    except (PlatformError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
