"""Stripe's way to write nested parameters. `a[b][0][c]=d` -> {"a": {"b": [{"c": "d"}]}}"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from sandbox.stripe.errors import InvalidRequest

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
STEP = re.compile(r"\[([^\[\]]*)\]")
PAIRS_MOST = 2_000


def decode(text: str) -> dict[str, Any]:
    """Lists are written `a[0]`, or `a[]` where order is all that matters; values stay text."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=PAIRS_MOST)
    except ValueError as error:
        raise InvalidRequest("The request body is not form-encoded.") from error
    return nested(pairs)


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in pairs:
        matched = NAME.fullmatch(name)
        if matched is None:
            raise InvalidRequest(f"Invalid parameter name: {name}", param=name)
        _place(tree, [matched[1], *STEP.findall(matched[2])], value, name)
    return {name: _with_lists(value) for name, value in tree.items()}


def _place(tree: dict[str, Any], steps: list[str], value: str, name: str) -> None:
    *above, last = steps
    for step in above:
        tree = tree.setdefault(step or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise InvalidRequest(f"Received both a value and a hash for {name}", param=name)
    tree[last or str(len(tree))] = value


def _with_lists(value: Any) -> Any:
    """A hash with the names 0, 1, 2... is a list."""
    if not isinstance(value, dict):
        return value
    items = {name: _with_lists(item) for name, item in value.items()}
    if items and all(name.isdecimal() for name in items):
        return [items[name] for name in sorted(items, key=int)]
    return items
