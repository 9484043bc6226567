"""Dagster's home: the repository's dagster.yaml plus the address of its storage -> <home>/dagster/dagster.yaml"""

import json
import sys
from pathlib import Path

import yaml

from core.db.addresses import Database, Driver, database_url, sqlalchemy_url
from core.settings import ROOT, Settings, settings


def prepare_home(settings: Settings) -> Path:
    """The folder to give to Dagster as DAGSTER_HOME; made anew each time, as the address may have changed.

    The file holds a password and is readable by its owner alone.
    """
    home = settings.home / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    target = home / "dagster.yaml"
    target.touch(mode=0o600)
    target.chmod(0o600)
    address = sqlalchemy_url(database_url(Database.DAGSTER, settings), Driver.PSYCOPG2)
    storage = {"postgres": {"postgres_url": address}}
    target.write_text(f"{(ROOT / 'dagster.yaml').read_text()}\nstorage: {json.dumps(storage)}\n")
    return home


def prepare_workspace(home: Path, port: int) -> Path:
    """The repository's workspace.yaml for a code server at `port`; for who starts it: no other command knows where."""
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    workspace["load_from"][0]["grpc_server"]["port"] = port
    target = home / "workspace.yaml"
    target.write_text(yaml.safe_dump(workspace))
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{prepare_home(settings())}\n")
