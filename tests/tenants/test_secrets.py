"""No log of a whole purchase holds a secret: not ours, not a buyer's, not one of who signs in."""

import logging
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, SecretStr

from core.logs import log_as_server
from core.settings import ROOT, Settings
from tests.fixtures.accounts import PASSWORD
from tests.fixtures.sales import ADA
from tests.tenants.conftest import ORIGIN


async def test_the_logs_of_a_sale_and_a_sign_in_hold_no_secret(rival, prize, capsys, caplog):
    log_as_server()
    with caplog.at_level(logging.INFO):
        key, (item,) = await rival.desk.paid()
        await rival.desk.settle(key)
        await rival.desk.platform.sales.request_cancellation(key, item)
        await rival.desk.settle(key)
        await rival.desk.work()
        await rival.client.get(f"/s/desk/orders/{prize.secret}")
    # The rival's browser is this process's too.
    lines = [record.getMessage() for record in caplog.records if ORIGIN not in record.getMessage()]
    written = "".join([*capsys.readouterr(), *lines])
    assert "provider_call" in written
    private = [ADA.full_name, ADA.email, PASSWORD, prize.secret, rival.secret, rival.client.cookies["tiqzy_session"]]
    kept = [*secrets_of(rival.desk.platform.settings), *private]
    assert len(kept) > len(private) + 4
    assert not [secret for secret in kept if secret in written]


def secrets_of(part: object) -> Iterator[str]:
    """Every secret of the settings, at any depth; of an address with a password, the password."""
    if isinstance(part, SecretStr):
        yield from _secret_parts(part.get_secret_value())
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from secrets_of(getattr(part, name))
    elif isinstance(part, tuple | list):
        for item in part:
            yield from secrets_of(item)
    elif isinstance(part, str) and "://" in part:
        yield from _secret_parts(part)


def _secret_parts(text: str) -> Iterator[str]:
    if "://" not in text:
        yield text
    elif password := urlsplit(text).password:
        yield unquote(password)


def test_every_kind_of_secret_is_looked_for():
    chosen = Settings(
        _env_file=None,
        database_url="postgresql://tiqzy:first%21@db.example/shop",
        stripe_key="second",
        connections=[{"connection_id": "acme", "url": "https://octo.example", "api_key": "third"}],
    )
    assert {"first!", "second", "third"} <= set(secrets_of(chosen))


def test_no_server_writes_down_the_addresses_that_it_is_asked_for():
    """Whoever knows an order's address owns it: uvicorn's own log would tell all of them."""
    file = ROOT / "deploy" / "containers" / "compose.yaml"
    started = [line for line in file.read_text().splitlines() if "uvicorn" in line]
    assert started
    assert all("--no-access-log" in line for line in started)
