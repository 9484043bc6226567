"""Definitions as Dagster loads them, for two connections that nothing here calls."""

import dagster as dg
import pytest

from core.settings import ConnectionSettings, Environment, Settings
from dagster_project.definitions import platform_definitions


@pytest.fixture(scope="package")
def two_connections():
    return tuple(
        ConnectionSettings(connection_id=name, url="http://127.0.0.1:1", api_key="unused") for name in ("one", "two")
    )


@pytest.fixture(scope="package")
def definitions(tmp_path_factory, two_connections):
    """Loaded with no database address at all: whatever opened one would fail."""
    settings = Settings(
        _env_file=None,
        environment=Environment.TEST,
        home=tmp_path_factory.mktemp("home"),
        database_url=None,
        shop_database_url=None,
        connections=two_connections,
    )
    return platform_definitions(settings)


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance
