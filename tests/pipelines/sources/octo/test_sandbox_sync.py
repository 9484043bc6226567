"""Both suppliers of the sandbox, loaded whole into one lake."""

import re
from datetime import timedelta

import pytest

from core.domain.clock import utc_now
from pipelines.__main__ import main
from pipelines.loads import Availability, load_availability, load_catalogue
from warehouse import lake

TODAY = utc_now().date()


@pytest.fixture
def counts(lake_settings):
    def count(table):
        connection = lake.connect(lake_settings, read_only=True)
        try:
            sql = f"SELECT connection_id, COUNT(*) FROM octo.{table} GROUP BY ALL"  # noqa: S608 - our own tables
            return dict(connection.execute(sql).fetchall())
        finally:
            connection.close()

    return count


@pytest.mark.slow
def test_both_suppliers_load_side_by_side(sandbox, lake_settings, counts):
    reports = {}
    for connection in sandbox.connections:
        reports[connection.connection_id] = load_catalogue(connection, lake_settings)
        for what in Availability:
            reports[connection.connection_id, what] = load_availability(
                connection, TODAY, TODAY + timedelta(days=6), what, lake_settings
            )
    assert counts("products") == {name: reports[name].rows["products"] for name in ("canal", "meridian")}
    assert counts("slots") == {name: reports[name, Availability.SLOTS].rows["slots"] for name in ("canal", "meridian")}
    assert min(counts("calendar_prices").values()) > 0


@pytest.mark.slow
def test_the_command_goes_on_when_one_connection_fails(sandbox, lake_settings, monkeypatch, capsys):
    settings = lake_settings.model_copy(update={"connections": sandbox.connections})
    monkeypatch.setattr("pipelines.__main__.settings", lambda: settings)
    sandbox.control("canal", truncate_catalogue=False, lie="not_json")
    assert main(["load", "catalogue"]) == 1
    said = capsys.readouterr()
    assert "canal catalogue: canal: supplier" in said.err
    assert re.search(r"^meridian catalogue: .*suppliers 1", said.out, re.MULTILINE)
    assert main(["load", "days", "--connection", "nobody"]) == 1
