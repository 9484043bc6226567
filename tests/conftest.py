"""Fixtures that any test may ask for; each lives in tests/fixtures, in the file of the part it stands for."""

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.sandbox",
    "tests.fixtures.lake",
    "tests.fixtures.chromium",
    "tests.fixtures.shops",
    "tests.fixtures.sales",
]
