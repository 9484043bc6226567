"""What a file may be called, hold and measure."""

import ast
import re
from pathlib import Path

from tests.house.tracked import named, tracked_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "info"}
# Written so that this file itself may be searched.
REGISTRY_HOSTS = re.compile("py[p]i[.]org|python[h]osted[.]|registry[.]n[p]mjs|deb[.]deb[i]an[.]")
PERSONAL_PATHS = re.compile(r"(?<![\w.<}])/(home|Users)/(?!\.\.)[a-z]\w*/|(?<![\w./])/(root|work)/\w")
TEXT = {".py", ".sql", ".md", ".toml", ".yaml", ".yml", ".sh", ".lock", ".html", ".css", ".js", ".txt", ""}


def _of(*suffixes: str) -> list[Path]:
    return [path for path in tracked_files() if path.suffix in suffixes]


def test_no_file_holds_two_ideas():
    code = [path for path in _of(".py", ".sql", ".html", ".css", ".js") if "versions" not in path.parts]
    long = {named(path): lines for path in code if (lines := len(path.read_text().splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_holds_two_ideas():
    long = {
        f"{named(path)}:{node.lineno} {node.name}": length
        for path in _of(".py")
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long


def test_no_module_has_a_name_that_says_nothing():
    assert not [named(path) for path in _of(".py") if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES]


def test_no_registry_is_named():
    assert not _found(REGISTRY_HOSTS)


def test_no_path_of_somebodys_machine_is_named():
    assert not _found(PERSONAL_PATHS)


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{named(path)}:{number} {line.strip()[:100]}"
        for path in tracked_files()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
