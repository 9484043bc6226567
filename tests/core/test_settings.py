"""Settings come from TIQZY_* alone, and a bad one is named without its value."""

import json

import pytest

from core.errors import SettingsError
from core.settings import ROOT, read_settings


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch):
    for name in ("DATABASE_URL", "SHOP_DATABASE_URL", "LAKE_URL", "PUBLISH_URL", "CONNECTIONS", "ENVIRONMENT", "HOME"):
        monkeypatch.delenv(f"TIQZY_{name}", raising=False)


def test_paths_lie_under_the_home_until_they_are_set(monkeypatch, tmp_path):
    monkeypatch.setenv("TIQZY_HOME", str(tmp_path))
    read = read_settings(env_files=())
    assert read.lake_path == str(tmp_path / "lake")
    assert read.publish_path == str(tmp_path / "published")
    assert read_settings(env_files=()).model_copy(update={"lake_url": "s3://lake"}).lake_path == "s3://lake"


def test_production_refuses_to_start_on_what_is_missing(monkeypatch):
    monkeypatch.setenv("TIQZY_ENVIRONMENT", "production")
    with pytest.raises(SettingsError, match="TIQZY_DATABASE_URL, TIQZY_SHOP_DATABASE_URL"):
        read_settings(env_files=())


def test_a_bad_connection_is_named_and_its_key_is_not_shown(monkeypatch):
    bad = {"connection_id": "Canal!", "url": "http://127.0.0.1:1", "api_key": "s3cret-key"}
    monkeypatch.setenv("TIQZY_CONNECTIONS", json.dumps([bad]))
    with pytest.raises(SettingsError, match="TIQZY_CONNECTIONS__0__CONNECTION_ID") as raised:
        read_settings(env_files=())
    assert "s3cret-key" not in str(raised.value)


def test_no_secret_shows_when_settings_are_printed(monkeypatch):
    monkeypatch.setenv("TIQZY_DATABASE_URL", "postgresql://tiqzy:hush@db/shop")
    monkeypatch.setenv(
        "TIQZY_CONNECTIONS", json.dumps([{"connection_id": "canal", "url": "http://127.0.0.1:1", "api_key": "hush"}])
    )
    assert "hush" not in repr(read_settings(env_files=()))


def test_an_env_file_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    file = tmp_path / "some.env"
    file.write_text("TIQZY_SHOP_PORT=8123\nTIQZY_DAGSTER_PORT=3123\n")
    monkeypatch.setenv("TIQZY_SHOP_PORT", "8999")
    read = read_settings(env_files=(file,))
    assert (read.shop_port, read.dagster_port) == (8999, 3123)


def test_the_home_is_beside_the_code():
    assert read_settings(env_files=()).home == ROOT / ".tiqzy"
