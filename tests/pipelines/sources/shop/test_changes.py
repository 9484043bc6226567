"""What changed in the shop is in the lake once, whenever it committed."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from dlt.destinations.impl.ducklake.ducklake import DuckLakeClient
from pydantic import SecretStr

from core.db.addresses import Database, database_url
from core.errors import DatabaseError
from pipelines.__main__ import main
from pipelines.loads import load_shop_days
from pipelines.sources.shop import changes
from pipelines.sources.shop.tables import TABLES
from tests.pipelines.sources.shop.conftest import RESELLER

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = NOON.date()
# What dlt does last of a load, right before we commit.
LAST_STEP = "complete_load"
ORDERS = "SELECT order_id FROM shop.orders ORDER BY ALL"


def orders_changed_after(settings, moment: datetime) -> list[str]:
    """What a reader would find that goes by the time of the change."""
    with psycopg.connect(database_url(Database.SHOP, settings)) as connection:
        connection.execute("SET ROLE tiqzy_lake")
        query = "SELECT order_id FROM shop_order WHERE updated_at > %s ORDER BY 1"
        return [row[0] for row in connection.execute(query, [moment]).fetchall()]


def test_what_commits_late_is_missed_by_its_time_and_not_by_its_transaction(write, load, rows, shop_settings):
    with write() as slow:
        slow.order("ord_slow", sold_at=NOON)
        with write() as quick:
            quick.order("ord_quick", sold_at=NOON + timedelta(seconds=1))
        load()
        assert rows(ORDERS) == ["ord_quick"]
        assert orders_changed_after(shop_settings, NOON - timedelta(days=1)) == ["ord_quick"]
    newest_seen = NOON + timedelta(seconds=1)
    assert orders_changed_after(shop_settings, newest_seen) == []
    assert load().touched_days == {DAY}
    assert rows(ORDERS) == ["ord_quick", "ord_slow"]


def test_a_transaction_that_stays_open_delays_no_sale_of_others(write, load, rows):
    load()
    with write() as open_all_the_time:
        open_all_the_time.order("ord_open", sold_at=NOON)
        for number in range(2):
            with write() as quick:
                quick.order(f"ord_{number}", sold_at=NOON + timedelta(days=number))
            assert DAY + timedelta(days=number) in load().touched_days
        reads = rows("SELECT read_id, below_xid FROM shop.reads ORDER BY ALL")
        assert [read[0] for read in reads] == [1, 2, 3]
        assert reads[1][1] == reads[2][1]
    assert rows(ORDERS) == ["ord_0", "ord_1"]


def test_the_same_twice_is_there_once_and_a_quiet_shop_writes_nothing(write, load, rows):
    with write() as pen:
        pen.order("ord_a", sold_at=NOON, items=2)
    first = load()
    assert first.rows | {"order_items": 2, "order_lines": 2, "orders": 1, "resellers": 1, "shops": 1} == first.rows
    again = load()
    assert (again.rows, again.touched_days) == ({}, frozenset())
    assert rows("SELECT read_id FROM shop.reads") == [1]
    with write() as pen:
        pen.touch("ord_a", "PAID")
    load()
    assert rows("SELECT order_id, status FROM shop.orders") == [("ord_a", "PAID")]
    assert len(rows("SELECT order_item_id FROM shop.order_items")) == 2


def test_a_late_refund_touches_the_day_of_its_sale_in_the_resellers_zone(write, load):
    with write("rsl_utc") as pen:
        pen.reseller("UTC")
        pen.order("ord_utc", sold_at=datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
    with write() as pen:
        # The day on which Amsterdam's clocks go back has 25 hours: from 22:00 to 23:00 UTC.
        pen.order("ord_first", sold_at=datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
        pen.order("ord_last", sold_at=datetime(2026, 10, 25, 22, 30, tzinfo=UTC))
        pen.order("ord_next", sold_at=datetime(2026, 10, 25, 23, 30, tzinfo=UTC))
    assert load().touched_days == {date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)}
    for order_id in ("ord_first", "ord_last"):
        with write() as pen:
            pen.refund(order_id)
        assert load().touched_days == {date(2026, 10, 25)}
    with write("rsl_utc") as pen:
        pen.refund("ord_utc")
    assert load().touched_days == {date(2026, 10, 24)}


def test_a_load_killed_before_its_commit_is_read_again(write, load, rows, monkeypatch):
    load()
    with write() as pen:
        pen.order("ord_a", sold_at=NOON)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(DuckLakeClient, LAST_STEP, killed)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert rows("SELECT read_id FROM shop.reads") == [1]
    assert load().touched_days == {DAY}
    assert rows(ORDERS) == ["ord_a"]


def test_a_large_read_goes_in_parts_and_counts_when_the_last_is_there(write, load, rows, monkeypatch):
    with write() as pen:
        for number in range(4):
            pen.order(f"ord_{number}", sold_at=NOON)
    monkeypatch.setattr(changes, "ROWS_AT_ONCE", 5)
    steps = []

    def killed_at_the_second(*_: object) -> None:
        steps.append(_)
        if len(steps) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(DuckLakeClient, LAST_STEP, killed_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            load()
    report = load()
    assert sum(report.rows.values()) == 1 + 1 + 4 * 3
    assert report.touched_days == {DAY}
    assert len(rows("SELECT order_line_id FROM shop.order_lines")) == 4


def test_sold_days_are_read_again_as_often_as_asked(write, load, rows, shop_settings):
    with write() as pen:
        for days in range(3):
            pen.order(f"ord_{days}", sold_at=NOON + timedelta(days=days))
    cursor = load().below_xid
    for _ in range(2):
        report = load_shop_days(DAY, DAY + timedelta(days=1), shop_settings)
        assert report.rows | {"orders": 2, "order_items": 2, "order_lines": 2} == report.rows
        assert (report.touched_days, report.below_xid) == ({DAY, DAY + timedelta(days=1)}, cursor)
    assert rows(ORDERS) == ["ord_0", "ord_1", "ord_2"]
    assert load().rows == {}


def test_a_database_whose_numbers_begin_anew_is_read_from_its_start(write, load, rows, monkeypatch):
    with write() as pen:
        pen.order("ord_a", sold_at=NOON)
    with monkeypatch.context() as patch:
        patch.setattr(changes.ShopSnapshot, "_column", lambda *_: [2**40])
        patch.setattr(changes.ShopSnapshot, "days_touched_since", lambda *_: frozenset())
        load()
    assert rows("SELECT below_xid FROM shop.reads") == [2**40]
    assert load().touched_days == {DAY}


def test_the_lakes_role_reads_what_is_loaded_and_nothing_else(shop_settings):
    granted = """
    SELECT table_name, array_agg(column_name::text) FROM information_schema.column_privileges
    WHERE grantee = 'tiqzy_lake' AND privilege_type = 'SELECT' GROUP BY 1
    """
    with psycopg.connect(database_url(Database.SHOP, shop_settings), autocommit=True) as connection:
        connection.execute("SET ROLE tiqzy_lake")
        found = {name: set(columns) for name, columns in connection.execute(granted).fetchall()}
        assert found == {table.name: set(table.raw.columns) for table in TABLES}
        for forbidden in (
            "* FROM buyer",
            "secret FROM shop_order",
            "name FROM reseller",
            "value FROM ticket",
            "page FROM payment",
            "product_title FROM order_item",
            "* FROM account",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT {forbidden}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE shop_order SET status = 'OPEN'")


def test_nobody_can_say_himself_which_transaction_wrote_a_row(write, load, rows):
    load()
    with write() as pen:
        pen.order("ord_a", sold_at=NOON)
        pen.insert(
            "shop_order",
            order_id="ord_b",
            shop_id=f"shp_{RESELLER}",
            reference="b",
            secret="b",
            status="OPEN",
            currency="EUR",
            currency_precision=2,
            changed_xid="1",
        )
    load()
    assert rows(ORDERS) == ["ord_a", "ord_b"]


def test_the_command_loads_what_is_new_or_the_days_that_are_named(write, shop_settings, monkeypatch, capsys):
    monkeypatch.setattr("pipelines.__main__.settings", lambda: shop_settings)
    with write() as pen:
        pen.order("ord_a", sold_at=NOON)
    for options, said in (
        ([], "shop: resellers 1, shops 1, orders 1, order_items 1, order_lines 1\n"),
        ([], "shop: nothing new\n"),
        (["--from", f"{DAY}"], "shop: orders 1, order_items 1, order_lines 1\n"),
        (["--from", f"{DAY + timedelta(days=1)}"], "shop: nothing new\n"),
    ):
        assert main(["load", "shop", *options]) == 0
        assert capsys.readouterr().out.endswith(said)
    assert main(["load", "stripe"]) == 1
    assert capsys.readouterr().err == "stripe: TIQZY_STRIPE_KEY is not set: there is no account at Stripe to read\n"


def test_a_shop_that_cannot_be_reached_is_one_sentence(shop_settings):
    url = shop_settings.database_url.get_secret_value()
    lost = shop_settings.model_copy(update={"database_url": SecretStr(url.replace("_shop?", "_lost_shop?"))})
    says = r"the shop database cannot be read: .*does not exist"
    with pytest.raises(DatabaseError, match=says) as failure, changes.shop_snapshot(lost):
        pass
    assert "\n" not in str(failure.value)
