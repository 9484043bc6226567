"""Checks replies against Stripe's own description, and against nothing of ours. spec3 + fixtures3 -> problems"""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "specs" / "stripe"
DESCRIPTION, FIXTURES = FOLDER / "spec3.2023-08-16.json.gz", FOLDER / "fixtures3.json"
JSON_TYPE = "application/json"

# The known differences. What the example objects show and an object does not always have:
NOT_ALWAYS = {
    "charge": {"refunds"},  # only when asked for by `expand`, since 2022-11-15
    "payment_method": {"card"},  # a method has the part of its own type
}


def require_description() -> None:
    for document in (DESCRIPTION, FIXTURES):
        if not document.exists():
            pytest.skip(f"Stripe's published description is not here: {document}")


def problems(method: str, path: str, status: int, body: Any) -> list[str]:
    """What is wrong with a reply; one that the sandbox refuses as to come later included."""
    operation = _operation(method, path)
    described = operation["responses"].get(str(status), operation["responses"]["default"])
    schema = described["content"][JSON_TYPE]["schema"]
    return [*_against_description(schema, body), *_against_examples(body)]


def _against_description(schema: dict[str, Any], body: Any) -> Iterator[str]:
    root = {**_plain(schema), "components": {"schemas": _schemas()}}
    for error in Draft202012Validator(root).iter_errors(body):
        deepest = max(error.context or [error], key=lambda item: len(item.path))
        yield f"{error.json_path}: {error.message[:120]} ({deepest.json_path}: {deepest.message[:120]})"


def _against_examples(body: Any) -> Iterator[str]:
    """No field that Stripe does not have, none left out that it shows today; for every object in the reply."""
    if isinstance(body, list):
        for item in body:
            yield from _against_examples(item)
    elif isinstance(body, dict):
        kind = body.get("object")
        if isinstance(kind, str) and kind in _examples():
            yield from _compared(kind, body)
        for value in body.values():
            yield from _against_examples(value)


def _compared(kind: str, body: dict[str, Any]) -> Iterator[str]:
    described, shown = set(_schemas().get(kind, {}).get("properties", ())), set(_examples()[kind])
    for name in set(body) - described - shown:
        yield f"{kind}.{name}: Stripe has no such field"
    for name in shown - set(body) - NOT_ALWAYS.get(kind, set()):
        yield f"{kind}.{name}: left out, and Stripe sends it"


def _operation(method: str, path: str) -> dict[str, Any]:
    """By the path as it was called; the longest fixed one of those that match."""
    found = [
        operations
        for template, operations in _description()["paths"].items()
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path)
    ]
    return found[-1][method.lower()]


def _plain(schema: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: `nullable` becomes a choice."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _plain(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [{"type": "null"}, plain]} if schema.get("nullable") is True else plain


@cache
def _description() -> dict[str, Any]:
    return json.loads(gzip.decompress(DESCRIPTION.read_bytes()))


@cache
def _schemas() -> dict[str, Any]:
    return _plain(_description()["components"]["schemas"])


@cache
def _examples() -> dict[str, Any]:
    return json.loads(FIXTURES.read_text("utf-8"))["resources"]
