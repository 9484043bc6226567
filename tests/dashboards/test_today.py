"""What an owner reads of the day."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.dashboards.conftest import everything_on
from tests.dashboards.figures import cards_on
from tests.fixtures.sales_release import Item, publish_sales

LAST_WEEK = timedelta(days=7)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def week_ago(now) -> datetime:
    """The first second of this weekday a week ago, in Hotel Mira's zone: earlier in its day than now."""
    return (now.astimezone(AMSTERDAM) - LAST_WEEK).replace(hour=0, minute=0, second=0)


def test_each_figure_stands_beside_last_weeks(open_dashboards, published, now, week_ago):
    items = [
        Item("ord_old", now - timedelta(days=20), 9_900),
        Item("ord_then", week_ago, 4_000),
        Item("ord_now", now, 5_000),
        Item("ord_now", now, 1_000, product_id="prd_forum", ticket_count=1),
        Item("ord_back", now, 3_000, state="CANCELLED", is_refunded=True),
    ]
    publish_sales(published, items, built_at=datetime.now(UTC))
    cards = cards_on(open_dashboards("owner@mira.example"))
    assert cards["Net sales"] == "€60.00 +50 % from €40.00"
    assert cards["Tickets"] == "3 +50 % from 2"
    assert cards["Orders"] == "1 no change from 1"
    assert cards["Average order"] == "€60.00 +50 % from €40.00"
    assert cards["Commission"] == "€6.00 +50 % from €4.00"


def test_nothing_of_another_reseller_is_shown(open_dashboards, published, now):
    items = [Item("ord_mira", now, 5_000), Item("ord_lago", now, 7_777, reseller_id="rsl_lago")]
    publish_sales(published, items, built_at=datetime.now(UTC))
    page = everything_on(open_dashboards("owner@mira.example"))
    assert "50.00" in page
    assert "77.77" not in page


def test_before_the_first_sale_the_page_says_what_happens_next(open_dashboards, published, now):
    publish_sales(published, [Item("ord_lago", now, 7_777, reseller_id="rsl_lago")], built_at=datetime.now(UTC))
    page = everything_on(open_dashboards("owner@mira.example"))
    assert "No sale yet" in page
    assert "within a minute of being paid" in page


def test_the_first_sale_is_compared_with_nothing(open_dashboards, published, now):
    publish_sales(published, [Item("ord_first", now, 5_000)], built_at=datetime.now(UTC))
    script = open_dashboards("owner@mira.example")
    assert cards_on(script)["Net sales"] == "€50.00"
    assert "Your first week of sales" in everything_on(script)


def test_before_anything_is_published_the_page_says_so(open_dashboards):
    assert "Your figures are being prepared" in everything_on(open_dashboards("owner@mira.example"))


def test_old_figures_say_that_they_are_old(open_dashboards, published, now):
    publish_sales(published, [Item("ord_a", now, 5_000)], built_at=datetime.now(UTC) - timedelta(days=2))
    page = everything_on(open_dashboards("owner@mira.example"))
    assert "2 days ago" in page
    assert "older than a day" in page


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        ({"offer_minor": 2_700, "currency": "JPY", "currency_precision": 0}, "¥2,700"),
        ({"offer_minor": 12_345, "currency": "KWD", "currency_precision": 3}, "KWD\u00a012.345"),
        ({"offer_minor": 5}, "€0.05"),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(open_dashboards, published, now, item, shown):
    publish_sales(published, [Item("ord_a", now, **item)], built_at=now)
    assert cards_on(open_dashboards("owner@mira.example"))["Net sales"] == shown


def test_one_of_several_currencies_is_shown_and_another_can_be_chosen(open_dashboards, published, now):
    items = [
        Item("ord_a", now, 1_000),
        Item("ord_b", now, 2_000),
        Item("ord_c", now, 3_000, currency="CZK"),
    ]
    publish_sales(published, items, built_at=datetime.now(UTC))
    script = open_dashboards("owner@mira.example")
    assert cards_on(script)["Net sales"] == "€30.00"
    script.segmented_control(key="currency").set_value(1).run()
    assert cards_on(script)["Net sales"] == "CZK\u00a030.00"


def test_a_products_title_is_never_more_than_words(open_dashboards, published, now):
    publish_sales(published, [Item("ord_a", now, 1_000, product_id="prd_art")], built_at=datetime.now(UTC))
    page = everything_on(open_dashboards("owner@mira.example"))
    assert "Museum of &lt;b&gt;Art&lt;/b&gt;" in page
    assert "<b>Art" not in page


def test_who_comes_today_and_tomorrow(open_dashboards, published, now, week_ago):
    today = now.astimezone(AMSTERDAM).date()
    items = [
        Item("ord_a", week_ago, 1_000, local_date=today, ticket_count=3),
        Item("ord_b", now, 1_000, local_date=today + timedelta(days=1), ticket_count=4),
        Item("ord_c", now, 1_000, local_date=today, state="CANCELLED", is_refunded=True),
    ]
    publish_sales(published, items, built_at=datetime.now(UTC))
    page = everything_on(open_dashboards("owner@mira.example"))
    assert re.search(r"Visits today</span><b>3<", page)
    assert re.search(r"Visits tomorrow</span><b>4<", page)


def test_new_figures_are_shown_by_themselves(open_dashboards, published, now):
    publish_sales(published, [Item("ord_a", now, 1_000)], built_at=datetime.now(UTC))
    script = open_dashboards("owner@mira.example")
    publish_sales(published, [Item("ord_a", now, 1_000), Item("ord_b", now, 500)], built_at=datetime.now(UTC))
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while cards_on(script)["Net sales"] != "€15.00":
        assert datetime.now(UTC) < deadline
        script.run()
