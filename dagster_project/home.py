"""Dagster's home: the repository's dagster.yaml plus the address of its storage -> <home>/dagster/dagster.yaml"""

import json
import sys
from pathlib import Path

import yaml

from core.db.addresses import Database, Driver, database_url, sqlalchemy_url
from core.settings import ROOT, Settings, settings

IN_PROCESS = "in_process.yaml"

# Dagster starts four processes to keep what a step prints, which a run in the caller's own process has printed already.
WITHOUT_OUTPUT = {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}


def prepare_home(settings: Settings) -> Path:
    """The folder to give to Dagster as DAGSTER_HOME; made anew each time, as the address may have changed.

    Its files hold a password and are readable by their owner alone; IN_PROCESS is for runs in the caller's own process.
    """
    home = settings.home / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    address = sqlalchemy_url(database_url(Database.DAGSTER, settings), Driver.PSYCOPG2)
    storage = {"postgres": {"postgres_url": address}}
    text = f"{(ROOT / 'dagster.yaml').read_text()}\nstorage: {json.dumps(storage)}\n"
    _write_private(home / "dagster.yaml", text)
    _write_private(home / IN_PROCESS, f"{text}compute_logs: {json.dumps(WITHOUT_OUTPUT)}\n")
    return home


def _write_private(target: Path, text: str) -> None:
    target.touch(mode=0o600)
    target.chmod(0o600)
    target.write_text(text)


def prepare_workspace(home: Path, port: int) -> Path:
    """The repository's workspace.yaml for a code server at `port`; for who starts it: no other command knows where."""
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    workspace["load_from"][0]["grpc_server"]["port"] = port
    target = home / "workspace.yaml"
    target.write_text(yaml.safe_dump(workspace))
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{prepare_home(settings())}\n")
