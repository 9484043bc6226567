"""A reseller's figures, and nobody else's."""

import inspect
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.fixtures.sales_release import Item, publish_sales
from warehouse.errors import NoRelease
from warehouse.manifest import Dataset
from warehouse.readers.sales import SalesReader
from warehouse.readers.sales_shapes import Dimension, OrderQuery, Period, SoldCurrency
from warehouse.readers.snapshot import SnapshotReader

EUR, JPY, KWD = SoldCurrency("EUR", 2), SoldCurrency("JPY", 0), SoldCurrency("KWD", 3)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ITEMS = [
    Item("ord_a", datetime(2026, 11, 17, 9, 0, tzinfo=UTC), 4_000),
    Item("ord_a", datetime(2026, 11, 17, 9, 0, tzinfo=UTC), 2_500, product_id="prd_forum", ticket_count=1),
    Item("ord_b", datetime(2026, 11, 17, 15, 0, tzinfo=UTC), 3_000, state="CANCELLED", is_refunded=True),
    # Past midnight in Amsterdam: the 18th is its business day.
    Item("ord_c", datetime(2026, 11, 17, 23, 30, tzinfo=UTC), 1_001, product_id="prd_art", state="REDEEMED"),
    Item("ord_yen", datetime(2026, 11, 18, 9, 0, tzinfo=UTC), 2_700, currency="JPY", currency_precision=0),
    Item("ord_dinar", datetime(2026, 11, 18, 9, 0, tzinfo=UTC), 12_345, currency="KWD", currency_precision=3),
]
OTHERS = [replace(item, order_id=f"{item.order_id}_lago", reseller_id="rsl_lago") for item in ITEMS]


def reader_of(path, items) -> SalesReader:
    publish_sales(path / "published", items, built_at=datetime(2026, 11, 18, 12, 0, tzinfo=UTC))
    return SalesReader(SnapshotReader(str(path / "published"), Dataset.SALES, 1, path / "cache"))


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> SalesReader:
    return reader_of(tmp_path_factory.mktemp("both"), [*ITEMS, *OTHERS])


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> SalesReader:
    return reader_of(tmp_path_factory.mktemp("alone"), ITEMS)


def everything(reader: SalesReader, reseller_id: str) -> list[object]:
    """Each question a reseller can ask, answered."""
    moment = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
    return [
        reader.seller(reseller_id),
        reader.currencies(reseller_id),
        reader.totals(reseller_id, EUR, NOVEMBER),
        reader.totals_until(reseller_id, EUR, date(2026, 11, 17), moment),
        *(reader.shares(reseller_id, EUR, NOVEMBER, dimension) for dimension in Dimension),
        reader.hours(reseller_id, EUR, NOVEMBER),
        reader.rows(reseller_id, EUR, NOVEMBER),
        reader.visits(reseller_id, NOVEMBER),
        reader.orders(reseller_id, OrderQuery(NOVEMBER)),
        reader.orders(reseller_id, OrderQuery(NOVEMBER, reference="ORD-A")),
    ]


def test_what_others_sell_changes_no_answer(both, alone):
    assert everything(both, "rsl_mira") == everything(alone, "rsl_mira")


def test_every_question_of_a_reseller_is_asked_above():
    asked_of_nobody = {"pinned", "manifest", "last_problem", "city_demand"}
    questions = {name for name in vars(SalesReader) if not name.startswith("_")} - asked_of_nobody
    assert not [name for name in questions if f"reader.{name}(" not in inspect.getsource(everything)]


@pytest.mark.parametrize("reseller_id", ["rsl_unknown", "", "rsl_%", "' OR true --"])
def test_who_sold_nothing_sees_nothing(both, reseller_id):
    assert not both.currencies(reseller_id)
    assert both.totals(reseller_id, EUR, NOVEMBER).sold.offer_minor == 0
    assert not both.rows(reseller_id, EUR, NOVEMBER)
    assert both.orders(reseller_id, OrderQuery(NOVEMBER, reference="ORD")).total == 0


def test_the_orders_of_another_cannot_be_found_by_reference(both):
    assert both.orders("rsl_mira", OrderQuery(NOVEMBER, reference="ORD-A-LAGO")).total == 0
    assert both.orders("rsl_lago", OrderQuery(NOVEMBER, reference="ord-a-lago")).total == 1


def test_totals_keep_refunds_apart(alone):
    totals = alone.totals("rsl_mira", EUR, NOVEMBER)
    assert totals.sold.offer_minor == 10_501
    assert totals.sold.net_sales_minor == 7_501
    assert (totals.order_count, totals.kept_order_count) == (3, 2)
    assert (totals.sold.ticket_count, totals.sold.kept_ticket_count) == (7, 5)
    assert totals.average_order_minor == 3_751
    assert totals.sold.commission_kept_minor == 400 + 250 + 100


def test_a_sale_past_midnight_belongs_to_the_next_business_day(alone):
    first = Period(date(2026, 11, 17), date(2026, 11, 17))
    assert alone.totals("rsl_mira", EUR, first).order_count == 2
    assert [share.key for share in alone.shares("rsl_mira", EUR, NOVEMBER, Dimension.DAY)] == [
        "2026-11-17",
        "2026-11-18",
    ]


def test_a_day_so_far_ends_at_its_moment(alone):
    noon = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
    totals = alone.totals_until("rsl_mira", EUR, date(2026, 11, 17), noon)
    assert (totals.order_count, totals.sold.offer_minor) == (1, 6_500)
    night = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
    whole = alone.totals_until("rsl_mira", EUR, date(2026, 11, 17), night)
    assert whole == alone.totals("rsl_mira", EUR, Period(date(2026, 11, 17), date(2026, 11, 17)))


@pytest.mark.parametrize("currency", [EUR, JPY, KWD])
@pytest.mark.parametrize("dimension", list(Dimension))
def test_every_split_adds_up_to_its_total(both, currency, dimension):
    whole = both.totals("rsl_mira", currency, NOVEMBER).sold
    shares = both.shares("rsl_mira", currency, NOVEMBER, dimension)
    rows = both.rows("rsl_mira", currency, NOVEMBER)
    for name in type(whole).__slots__:
        assert sum(getattr(share.sold, name) for share in shares) == getattr(whole, name)
        assert sum(getattr(row.sold, name) for row in rows) == getattr(whole, name)


def test_the_most_sold_currency_comes_first(alone):
    assert alone.currencies("rsl_mira") == (EUR, JPY, KWD)
    assert alone.totals("rsl_mira", JPY, NOVEMBER).sold.offer_minor == 2_700


def test_products_and_cities_have_their_names(alone):
    assert [share.name for share in alone.shares("rsl_mira", EUR, NOVEMBER, Dimension.CITY)] == ["Amsterdam", "Rome"]
    products = alone.shares("rsl_mira", EUR, NOVEMBER, Dimension.PRODUCT)
    assert products[0].name == "Canal cruise"


def test_orders_come_by_page_newest_first(alone):
    first = alone.orders("rsl_mira", OrderQuery(NOVEMBER, page_size=2))
    assert (first.total, [order.order_id for order in first.orders]) == (5, ["ord_dinar", "ord_yen"])
    last = alone.orders("rsl_mira", OrderQuery(NOVEMBER, page=3, page_size=2))
    assert [order.order_id for order in last.orders] == ["ord_a"]
    assert [item.title for item in last.orders[0].items] == ["Canal cruise", "Forum and hill"]


def test_orders_are_found_by_state_and_by_reference_of_any_day(alone):
    cancelled = alone.orders("rsl_mira", OrderQuery(NOVEMBER, states=frozenset({"CANCELLED"})))
    assert [order.order_id for order in cancelled.orders] == ["ord_b"]
    long_ago = Period(date(2020, 1, 1), date(2020, 1, 1))
    found = alone.orders("rsl_mira", OrderQuery(long_ago, reference=" ord-c"))
    assert [order.order_reference for order in found.orders] == ["ORD-C"]


def test_visits_are_of_tickets_that_hold(alone):
    visits = alone.visits("rsl_mira", Period(date(2026, 11, 18), date(2026, 11, 18)))
    assert {visit.product_id: visit.ticket_count for visit in visits} == {"prd_canal": 2, "prd_forum": 1}


def test_before_the_first_release_there_is_nothing_to_read(tmp_path):
    reader = SalesReader(SnapshotReader(str(tmp_path), Dataset.SALES, 1, tmp_path))
    with pytest.raises(NoRelease, match="no sales has been published yet"):
        reader.seller("rsl_mira")


def test_demand_is_counted_over_all_resellers(both):
    assert [city.name for city in both.city_demand()] == ["Amsterdam", "Rome", "Rotterdam"]
