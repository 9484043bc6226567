"""Replies that are wrong on purpose. Encoded reply + Lie -> another encoded reply"""

from orjson import dumps, loads

from sandbox.providers.switches import Lie

NOT_JSON = b"<!doctype html><title>Welcome</title><p>Please sign in to the guest network.</p>"
# A price nobody would pay, owed to the supplier at twice the price the buyer is asked.
ABSURD_FACTOR = 1000


def distort(reply: bytes, lie: Lie) -> bytes:
    if lie is Lie.NOT_JSON:
        return NOT_JSON
    value = loads(reply)
    return dumps(_without_types(value) if lie is Lie.SCHEMA else _absurd(value))


def _without_types(value: object) -> object:
    """Vacancies in words, statuses nobody knows, options left out."""
    if isinstance(value, list):
        return [_without_types(item) for item in value]
    if not isinstance(value, dict):
        return value
    wrong: dict[str, object] = {"vacancies": "plenty", "status": 7, "timeZone": None, "retail": "twelve fifty"}
    return {key: wrong.get(key, _without_types(item)) for key, item in value.items() if key != "options"}


def _absurd(value: object) -> object:
    if isinstance(value, list):
        return [_absurd(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _absurd(item) for key, item in value.items()}
    if isinstance(retail := changed.get("retail"), int):
        changed |= {"retail": -retail, "original": retail * ABSURD_FACTOR, "net": retail * 2}
    return changed
