"""Every connector is one folder of the same files, so that the second is found as easily as the first."""

import ast

import pytest

from core.settings import ROOT

CONNECTORS = sorted(path.parent for path in (ROOT / "pipelines" / "sources").glob("*/client.py"))
FILES = {"README.md", "__init__.py", "source.py", "client.py", "schemas.py", "settings.py", "errors.py"}


@pytest.mark.parametrize("connector", CONNECTORS, ids=lambda path: path.name)
def test_a_connector_has_every_file(connector):
    assert {path.name for path in connector.iterdir()} >= FILES


@pytest.mark.parametrize("connector", CONNECTORS, ids=lambda path: path.name)
def test_importing_a_connector_imports_nothing(connector):
    body = ast.parse((connector / "__init__.py").read_text()).body
    assert [type(node) for node in body] == [ast.Expr]


@pytest.mark.parametrize("connector", CONNECTORS, ids=lambda path: path.name)
def test_a_source_names_its_settings_section(connector):
    assert f'section="{connector.name}"' in (connector / "source.py").read_text()
