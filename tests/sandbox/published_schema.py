"""Checks replies against the published OCTO document, and against nothing of ours. openapi.yaml -> problems"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

DOCUMENT = Path(__file__).resolve().parents[3] / "shared" / "specs" / "octo" / "openapi.yaml"
SCHEMAS = "#/components/schemas/"
CAPABILITY = "x-capability-data"
# Both ways of writing the pair; PRICING and CONTENT are the capabilities the sandbox has.
PRICING, CONTENT = "octo/pricing", "octo/content"

FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


def require_document() -> None:
    if not DOCUMENT.exists():
        pytest.skip(f"the published OCTO document is not here: {DOCUMENT}")


class PublishedSchema:
    """The document as it reads with some capabilities active: their fields required, those of others forbidden."""

    def __init__(self, *capabilities: str) -> None:
        self._active = frozenset(capabilities)
        self._document = _document()
        self._schemas = {name: self._resolved(body) for name, body in self._document["components"]["schemas"].items()}

    def problems(self, method: str, path: str, status: int, headers: Mapping[str, str], body: object) -> list[str]:
        """What is wrong with a reply to an operation, which goes by its path as the document writes it."""
        operation = self._document["paths"][path][method.lower()]
        if status >= 400:
            return list(self._error_problems(operation, body))
        described = operation["responses"][str(status)]
        schema = self._resolved(described["content"]["application/json"]["schema"])
        return [*self._header_problems(described, headers), *self._body_problems(schema, body)]

    def request_problems(self, method: str, path: str, headers: Mapping[str, str], body: object) -> list[str]:
        """What is wrong with what was sent to an operation; a field that the document does not have included."""
        operation = self._document["paths"][path][method.lower()]
        asked = [
            self._document["components"]["parameters"][item["$ref"].split("/")[-1]] for item in operation["parameters"]
        ]
        needed = {item["name"].lower() for item in asked if item["in"] == "header" and self._is_needed(item)}
        missing = [f"header {name} is missing" for name in sorted(needed - {sent.lower() for sent in headers})]
        described = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if described is None:
            return missing if body is None else [*missing, "this operation takes no body"]
        return [*missing, *self._body_problems({**self._resolved(described), "unevaluatedProperties": False}, body)]

    def _is_needed(self, parameter: dict[str, Any]) -> bool:
        rule = parameter.get(CAPABILITY)
        return parameter["required"] if rule is None else rule["required"] and rule["capability"] in self._active

    def template(self, path: str) -> str:
        """The document's path for one that was called, which it may end in a slash where the document does not."""
        called = path.rstrip("/").split("/")
        for template in self._document["paths"]:
            parts = template.rstrip("/").split("/")
            if len(parts) == len(called) and all(
                a in (b, "{uuid}", "{id}") for a, b in zip(parts, called, strict=True)
            ):
                return template
        raise KeyError(path)

    def _error_problems(self, operation: dict[str, Any], body: object) -> Iterator[str]:
        """Each code has a schema of its own name, and an operation lists the codes it knows."""
        if not isinstance(body, dict) or "error" not in body:
            yield f"an error says what it is: {body!r}"
            return
        described = operation["responses"].get("400", {}).get("content", {}).get("application/json", {})
        known = {_code(item["$ref"].removeprefix(SCHEMAS)) for item in described.get("schema", {}).get("anyOf", [])}
        known |= {example["value"]["error"].replace("_", "") for example in described.get("examples", {}).values()}
        code = body["error"].replace("_", "")
        # A request that breaks the document itself can only be called bad, wherever it went.
        if code not in known | {"BADREQUEST"}:
            yield f"{body['error']} is no error of this operation"
            return
        name = next(name for name in self._schemas if name.startswith("Error") and _code(name) == code)
        yield from self._body_problems({"$ref": SCHEMAS + name}, body)

    def _header_problems(self, described: dict[str, Any], headers: Mapping[str, str]) -> Iterator[str]:
        for name, header in described["headers"].items():
            rule = header.get(CAPABILITY)
            is_required = header["required"] if rule is None else rule["capability"] in self._active
            if is_required and name.lower() not in {sent.lower() for sent in headers}:
                yield f"header {name} is missing"

    def _body_problems(self, schema: dict[str, Any], body: object) -> Iterator[str]:
        root = {**schema, "components": {"schemas": self._schemas}}
        for error in Draft202012Validator(root, format_checker=FORMATS).iter_errors(body):
            yield f"{error.json_path}: {error.message[:200]}"

    def _resolved(self, schema: Any) -> Any:
        """OpenAPI 3.0 as JSON Schema: `nullable` becomes a choice, capability rules become required or forbidden."""
        if isinstance(schema, list):
            return [self._resolved(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        plain = {key: self._resolved(value) for key, value in schema.items() if key not in {"nullable", "example"}}
        if isinstance(properties := schema.get("properties"), dict):
            self._apply_capabilities(plain, properties)
        return {"anyOf": [{"type": "null"}, plain]} if schema.get("nullable") is True else plain

    def _apply_capabilities(self, plain: dict[str, Any], properties: dict[str, Any]) -> None:
        rules = {name: body[CAPABILITY] for name, body in properties.items() if CAPABILITY in body}
        needed = {name for name, rule in rules.items() if rule["capability"] in self._active and rule["required"]}
        plain["required"] = sorted({*plain.get("required", []), *needed})
        for name, rule in rules.items():
            if rule["capability"] not in self._active:
                plain["properties"][name] = False


def _code(name: str) -> str:
    return name.removeprefix("Error").upper()


@cache
def _document() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(DOCUMENT.read_text("utf-8"), Loader=loader)  # noqa: S506 - a safe loader, the fast one where it is built
