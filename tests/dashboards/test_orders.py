"""The list of orders, and nothing of who bought."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.dashboards.conftest import everything_on
from tests.fixtures.sales_release import Item, publish_sales

NOW = datetime.now(UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def orders(published) -> None:
    items = [Item(f"ord_{number:02}", NOW - number * MINUTE, 1_000 + number) for number in range(30)]
    items += [
        Item("ord_gone", NOW - timedelta(days=3), 2_000, state="CANCELLED", is_refunded=True, product_id="prd_art"),
        Item("ord_wait", NOW - timedelta(days=3), 3_000, state="PENDING_SUPPLIER"),
        Item("ord_old", NOW - timedelta(days=90), 9_000, state="REDEEMED"),
        Item("ord_lago", NOW, 7_777, reseller_id="rsl_lago"),
    ]
    publish_sales(published, items, built_at=NOW)


def references(script) -> list[str]:
    return re.findall(r"<header><b>(.*?)</b>", everything_on(script))


@pytest.mark.usefixtures("orders")
def test_orders_come_in_pages(open_dashboards):
    script = open_dashboards("owner@mira.example", page="orders")
    assert len(references(script)) == 25
    assert references(script)[0] == "ORD-00"
    assert "32 orders" in everything_on(script)
    script.pagination[0].set_value(2)
    assert references(script.run())[-1] in {"ORD-GONE", "ORD-WAIT"}
    assert len(references(script)) == 7


@pytest.mark.usefixtures("orders")
def test_a_state_is_in_words_and_can_be_asked_for(open_dashboards):
    script = open_dashboards("owner@mira.example", page="orders")
    script.selectbox(key="standing").select("Cancelled or refused").run()
    assert references(script) == ["ORD-GONE"]
    page = everything_on(script)
    assert "Cancelled or refused · money back" in page
    assert "Museum of &lt;b&gt;Art" in page
    script.selectbox(key="standing").select("Waiting for the supplier").run()
    assert references(script) == ["ORD-WAIT"]


@pytest.mark.usefixtures("orders")
def test_another_filter_starts_at_its_first_page(open_dashboards):
    script = open_dashboards("owner@mira.example", page="orders")
    script.pagination[0].set_value(2)
    script.run()
    script.selectbox(key="standing").select("Cancelled or refused").run()
    assert references(script) == ["ORD-GONE"]


@pytest.mark.usefixtures("orders")
def test_a_reference_is_found_in_any_period_but_never_anothers(open_dashboards):
    script = open_dashboards("owner@mira.example", page="orders")
    script.text_input(key="reference").set_value("ord-old").run()
    assert references(script) == ["ORD-OLD"]
    assert "Visited" in everything_on(script)
    script.text_input(key="reference").set_value("ord-lago").run()
    assert not references(script)
    assert "No order matches" in script.info[0].value
