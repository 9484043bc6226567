"""Fixtures that any test may ask for, each in tests/fixtures in the file of its part; and which tests begin early."""

import pytest

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.sandbox",
    "tests.fixtures.lake",
    "tests.fixtures.chromium",
    "tests.fixtures.shops",
    "tests.fixtures.sales",
    "tests.fixtures.dashboards",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take long: a long one that begins last is waited for by idle processes."""
    long = {_module(item) for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: _module(item) not in long)


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
