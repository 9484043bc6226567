"""Sales of a period, on the screen and in the file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import streamlit as st

from dashboards.export import sales_file
from tests.dashboards.conftest import everything_on
from tests.dashboards.figures import cards_on, total_on
from tests.fixtures.sales_release import Item, publish_sales
from warehouse.readers.sales_shapes import Dimension, SalesRow, Sold, SoldCurrency

ONE_DAY = timedelta(days=1)
NAMED = {Dimension.PRODUCT: "Forum and hill", Dimension.CITY: "Rome", Dimension.SHOP: "Hotel Mira Tickets"}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def downloaded(monkeypatch) -> Callable[[], list[dict[str, str]]]:
    """The lines of the file that the page offers; AppTest has no browser that could fetch it."""
    offered = []
    monkeypatch.setattr(st, "download_button", lambda _label, data, **_look: offered.append(data))
    return lambda: list(csv.DictReader(io.StringIO(offered[-1]().decode("utf-8-sig"))))


@pytest.fixture
def months(published, now) -> None:
    """Sales of this month and of the one before, in two currencies, some given back."""
    items = [
        Item("ord_1", now, 5_001),
        Item("ord_1", now, 1_000, product_id="prd_forum", ticket_count=1),
        Item("ord_2", now - 3 * ONE_DAY, 2_350, product_id="prd_art", ticket_count=3),
        Item("ord_3", now - 4 * ONE_DAY, 3_000, state="CANCELLED", is_refunded=True),
        Item("ord_4", now - 40 * ONE_DAY, 4_000),
        Item("ord_5", now, 2_700, currency="JPY", currency_precision=0, product_id="prd_forum"),
    ]
    publish_sales(published, items, built_at=now)


@pytest.mark.usefixtures("months")
def test_a_period_stands_beside_the_one_before(open_dashboards):
    cards = cards_on(open_dashboards("owner@mira.example", page="sales"))
    assert cards["Net sales"] == "€83.51 +109 % from €40.00"
    assert cards["Tickets"] == "6 +200 % from 2"


@pytest.mark.usefixtures("months")
def test_every_split_adds_up_to_the_cards(open_dashboards):
    script = open_dashboards("owner@mira.example", page="sales")
    for dimension, row in NAMED.items():
        script.segmented_control(key="dimension").set_value(dimension).run()
        assert row in everything_on(script)
        assert total_on(script) == ("6", "€83.51")
    script.segmented_control(key="dimension").set_value(Dimension.DAY).run()
    assert total_on(script) == ("6", "€83.51")


@pytest.mark.usefixtures("months")
def test_the_file_has_the_numbers_of_the_screen(open_dashboards, downloaded):
    script = open_dashboards("owner@mira.example", page="sales")
    cards = cards_on(script)
    lines = downloaded()
    assert len(lines) == 4
    assert f"€{total(lines, 'net_sales')} +109 % from €40.00" == cards["Net sales"]
    assert cards["Commission"].startswith(f"€{total(lines, 'commission')} ")
    assert cards["Tickets"].startswith(f"{total(lines, 'tickets')} ")
    assert {line["currency"] for line in lines} == {"EUR"}
    assert {line["shop"] for line in lines} == {"Hotel Mira Tickets"}


@pytest.mark.usefixtures("months")
def test_another_currency_has_its_own_file(open_dashboards, downloaded):
    script = open_dashboards("owner@mira.example", page="sales")
    script.segmented_control(key="currency").set_value(1).run()
    assert cards_on(script)["Net sales"].startswith("¥2,700")
    assert [line["net_sales"] for line in downloaded()] == ["2700"]


@pytest.mark.usefixtures("months")
def test_a_range_of_ones_own(open_dashboards, now):
    script = open_dashboards("owner@mira.example", page="sales")
    script.selectbox(key="period").select("Own range").run()
    day = (now - 40 * ONE_DAY).date()
    script.date_input(key="range").set_value((day - ONE_DAY, day + ONE_DAY)).run()
    assert cards_on(script)["Net sales"] == "€40.00"


@pytest.mark.usefixtures("months")
def test_a_period_without_sales_says_so(open_dashboards):
    script = open_dashboards("owner@mira.example", page="sales")
    script.selectbox(key="period").select("Yesterday").run()
    assert "No order matches" in script.info[0].value


@pytest.mark.usefixtures("months")
def test_the_pictures_are_fetched_by_who_opens_them(open_dashboards):
    script = open_dashboards("owner@mira.example", page="sales")
    assert not script.get("plotly_chart")
    script.session_state["pictures"] = True
    assert len(script.run().get("plotly_chart")) == 2


def test_a_title_is_no_formula_in_a_spreadsheet():
    sold = Sold(1, 2, 0, 100, 0, 100, 0, 10)
    day = datetime(2026, 11, 1, tzinfo=UTC).date()
    row = SalesRow(day, "shp_1", "prd_1", '=HYPERLINK("http://evil.example")', None, None, None, sold)
    text = sales_file([row], SoldCurrency("EUR", 2), {}).decode("utf-8-sig")
    assert "'=HYPERLINK" in text


def total(lines: list[dict[str, str]], column: str) -> Decimal:
    return sum((Decimal(line[column]) for line in lines), Decimal(0))
