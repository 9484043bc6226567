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
from jsonschema.validators import extend

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "specs" / "stripe"
DESCRIPTION, FIXTURES = FOLDER / "spec3.2023-08-16.json.gz", FOLDER / "fixtures3.json"
JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"

# The known differences. What the example objects show and an object does not always have:
NOT_ALWAYS = {
    "charge": {"refunds"},  # only when asked for by `expand`, since 2022-11-15
    "payment_method": {"card"},  # a method has the part of its own type
}

# What came after the description that is here, and is sent; stripe-python has it.
NEWER = {
    "/v1/checkout/sessions": {
        "allowed_payment_method_types",
        "created[gte]",
        "created[lt]",
        "payment_method_options[card][capture_method]",
    }
}

# In a form a number is its digits.
AsWritten = extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: isinstance(value, str) and re.fullmatch(r"-?\d+", value) is not None,
            "boolean": lambda _, value: value in ("true", "false"),
        }
    ),
)


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


def request_problems(method: str, path: str, sent: list[tuple[str, str]]) -> list[str]:
    """What is wrong with the parameters of a call, which are its query, or its body where it has one."""
    operation = _operation(method, path)
    if method == "GET":
        known = {item["name"]: _plain(item["schema"]) for item in operation["parameters"] if item["in"] == "query"}
        schema = {"type": "object", "properties": known, "additionalProperties": False}
    else:
        schema = _plain(operation["requestBody"]["content"][FORM_TYPE]["schema"])
    wish = _tree([(name, value) for name, value in sent if re.sub(r"\[\d+\]$", "", name) not in NEWER.get(path, ())])
    return [f"{error.json_path}: {error.message[:200]}" for error in AsWritten(_closed(schema)).iter_errors(wish)]


def _closed(schema: Any) -> Any:
    """With no other fields than those described, at any depth."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    has_fields = schema.get("type") == "object" and "properties" in schema
    return {"additionalProperties": False, **closed} if has_fields else closed


def _tree(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0][c]=d` -> {"a": {"b": [{"c": "d"}]}}"""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        *above, last = re.findall(r"[^\[\]]+", name)
        inner = tree
        for step in above:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return _with_lists(tree)


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    items = {name: _with_lists(item) for name, item in value.items()}
    return list(items.values()) if items and all(name.isdecimal() for name in items) else items


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
