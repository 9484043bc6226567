"""The folder Dagster is given as its home."""

import dagster as dg
import yaml

from dagster_project.home import prepare_home, prepare_workspace


def test_the_file_with_the_password_is_its_owners_alone(platform_settings):
    home = prepare_home(platform_settings)
    assert (home / "dagster.yaml").stat().st_mode & 0o777 == 0o600


def test_a_new_address_replaces_the_old_one(platform_settings):
    prepare_home(platform_settings)
    home = prepare_home(platform_settings)
    text = (home / "dagster.yaml").read_text()
    assert text.count("postgres_url") == 1
    assert yaml.safe_load(text)["telemetry"] == {"enabled": False}


def test_dagster_keeps_its_runs_in_its_own_database(dagster_settings):
    home = prepare_home(dagster_settings)
    with dg.DagsterInstance.from_config(str(home)) as instance:
        assert instance.get_runs_count() == 0
        assert not instance.telemetry_enabled


def test_the_workspace_names_its_location_and_has_the_port_of_the_code_server(tmp_path):
    (location,) = yaml.safe_load(prepare_workspace(tmp_path, 4001).read_text())["load_from"]
    assert location["grpc_server"] == {"host": "127.0.0.1", "port": 4001, "location_name": "tiqzy"}
