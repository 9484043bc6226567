"""What this run decides itself, written where every other command of this home reads it: <home>/settings.env"""

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import SecretStr

from core.settings import ROOT, ConnectionSettings, Settings, read_settings

SANDBOX_SUPPLIERS = ("canal", "meridian")


def user_settings() -> Settings:
    """What the user set; what an earlier run wrote is left out."""
    return read_settings(env_files=(ROOT / ".env",))


def write_settings(home: Path, variables: Mapping[str, str]) -> Settings:
    """Write `variables` for the other commands of this home and return the settings they will see."""
    path = home / "settings.env"
    lines = [f"{name}='{value}'" for name, value in variables.items()]
    write_private(path, ["# Written by `make run` at each start; your own settings go into .env.", *lines])
    return read_settings(env_files=(path, ROOT / ".env"))


def write_private(path: Path, lines: Iterable[str]) -> None:
    """Replace `path` by a file that its owner alone can read, from the first byte on."""
    draft = path.with_name(f".{path.name}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{line}\n" for line in lines)
    draft.replace(path)


def sandbox_connections(port: int) -> tuple[ConnectionSettings, ...]:
    """A connection to each of the sandbox's suppliers, with a key that is valid for this run alone."""
    return tuple(
        ConnectionSettings(
            connection_id=supplier,
            url=f"http://127.0.0.1:{port}/octo/{supplier}",
            api_key=SecretStr(secrets.token_urlsafe(24)),
        )
        for supplier in SANDBOX_SUPPLIERS
    )


def connections_text(connections: tuple[ConnectionSettings, ...]) -> str:
    """The connections as TIQZY_CONNECTIONS holds them, keys included."""
    rows = [
        connection.model_dump(mode="json") | {"api_key": connection.api_key.get_secret_value()}
        for connection in connections
    ]
    return json.dumps(rows)


def sandbox_variables(given: Settings) -> dict[str, str]:
    """Everything that the sandbox stands in for and the user did not set."""
    origin = f"http://127.0.0.1:{given.sandbox_port}"
    variables = {"TIQZY_CONNECTIONS": connections_text(sandbox_connections(given.sandbox_port))}
    if given.stripe_key is None:
        variables["TIQZY_STRIPE_KEY"] = f"sk_test_{secrets.token_urlsafe(24)}"
        variables["TIQZY_STRIPE_WEBHOOK_SECRET"] = f"whsec_{secrets.token_urlsafe(24)}"
        variables["TIQZY_STRIPE_URL"] = f"{origin}/stripe"
    if given.smtp_url is None:
        variables["TIQZY_SMTP_URL"] = f"smtp://127.0.0.1:{given.sandbox_port + 1}"
        variables["TIQZY_MAIL_FROM"] = "tickets@tiqzy.example"
    return variables
