"""The checker itself: it lets a good reply pass and finds every field that is taken out of it."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.sandbox.published_schema import CONTENT, PRICING, PublishedSchema, require_document
from tests.sandbox.walk import Caller, FakeClock, open_world

# Fields the document leaves to the server.
OPTIONAL = {"timeZone"}


@pytest.fixture(scope="module")
def published() -> PublishedSchema:
    require_document()
    return PublishedSchema(PRICING, CONTENT)


@pytest.fixture
async def product_reply(published: PublishedSchema) -> tuple[dict, dict]:
    del published
    async with open_world(FakeClock(), place_count=2) as http:
        caller = Caller(http, "canal")
        products = await caller.get("/products/")
        return dict(caller.exchanges[0].headers), products[0]


def _problems(schema: PublishedSchema, headers: dict, product: Any) -> list[str]:
    return schema.problems("GET", "/products/{id}", 200, headers, product)


def _paths(value: Any, *above: Any) -> Iterator[tuple[Any, ...]]:
    """Every field of the reply, by the way to it; of each list only the first item."""
    if isinstance(value, list) and value:
        yield from _paths(value[0], *above, 0)
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*above, key)
            yield from _paths(item, *above, key)


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def test_a_good_reply_passes(published, product_reply) -> None:
    assert _problems(published, *product_reply) == []


def test_every_missing_field_is_found(published, product_reply) -> None:
    headers, product = product_reply
    unnoticed = []
    for *above, name in _paths(product):
        mutilated = deepcopy(product)
        del _at(mutilated, tuple(above))[name]
        if not _problems(published, headers, mutilated):
            unnoticed.append(name)
    assert set(unnoticed) <= OPTIONAL


def test_a_wrong_type_a_wrong_word_and_a_missing_header_are_found(published, product_reply) -> None:
    headers, product = product_reply
    assert _problems(published, headers, {**product, "availabilityType": "ANY_TIME"})
    assert _problems(published, headers, {**product, "instantDelivery": "yes"})
    assert _problems(published, headers, {**product, "title": None})
    del headers["content-language"]
    assert _problems(published, headers, product) == ["header Content-Language is missing"]


def test_fields_of_a_capability_nobody_asked_for_are_found(product_reply) -> None:
    assert _problems(PublishedSchema(PRICING), *product_reply)


@pytest.mark.parametrize("body", [{"error": "INVALID_PRODUCT_ID", "errorMessage": "no"}, {"error": "SOLD_OUT"}, []])
def test_an_error_without_its_field_or_of_another_operation_is_found(published, body) -> None:
    assert published.problems("GET", "/products/{id}", 400, {}, body)
