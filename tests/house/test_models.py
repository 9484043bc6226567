"""The header of a SQL model is its contract: what a row is, whose it is, and what must hold."""

import re

import pytest

from core.settings import ROOT
from tests.house.tracked import named

MODELS = sorted((ROOT / "models").rglob("*.sql"))
MARTS = [path for path in MODELS if "marts" in path.parts]
PREFIXES = {"staging": "stg_", "intermediate": "int_", "marts": ("dim_", "fct_", "agg_")}


def header(path) -> str:
    match = re.search(r"^MODEL \(\n(.*?)^\);", path.read_text(), re.MULTILINE | re.DOTALL)
    assert match, f"{named(path)} has no MODEL header"
    return match[1]


@pytest.mark.parametrize("path", MODELS, ids=named)
def test_a_model_says_what_a_row_is_and_whose_it_is(path):
    assert re.match(r"/\* .+ \*/\n", path.read_text(), re.DOTALL)
    properties = set(re.findall(r"^  (\w+)", header(path), re.MULTILINE))
    assert properties >= {"name", "kind", "owner", "grain"} or properties >= {"name", "kind", "owner", "grains"}


@pytest.mark.parametrize("path", MODELS, ids=named)
def test_a_model_is_named_after_its_file_and_layer(path):
    layer = path.relative_to(ROOT / "models").parts[0]
    assert path.stem.startswith(PREFIXES[layer])
    assert re.search(rf"^  name \w+\.{path.stem},$", header(path), re.MULTILINE)


@pytest.mark.parametrize("path", MARTS, ids=named)
def test_a_mart_is_audited_and_its_columns_are_explained(path):
    assert re.search(r"^  audits \(", header(path), re.MULTILINE)
    assert re.search(r" AS \w+,? /\* .+ \*/", path.read_text())


@pytest.mark.parametrize("path", MARTS, ids=named)
def test_a_mart_casts_every_column(path):
    final = path.read_text().rpartition("\nSELECT\n")[2].partition("\nFROM ")[0]
    columns = [line for line in final.splitlines() if re.search(r" AS \w+,?( /\*.*)?$", line)]
    assert columns
    assert [line.strip() for line in columns if "::" not in line] == []


@pytest.mark.parametrize("path", MODELS, ids=named)
def test_a_model_names_its_columns_and_keeps_money_whole(path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"SELECT\s+(\w+\.)?\*", code)
    assert not re.search(r"(?<!\w)\w*_(minor|bps)\b[^,]*::(DOUBLE|FLOAT|REAL)", code)
