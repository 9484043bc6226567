"""Calendar and slots into a real lake: windows are replaced whole."""

from datetime import timedelta

import pytest

from core.errors import CatalogueError, ProviderUnavailable
from pipelines.errors import CatalogueTruncated
from pipelines.loads import Availability, load_availability, load_catalogue, providers
from pipelines.loads.providers import TABLES
from pipelines.sources.octo.errors import OctoMalformed
from tests.pipelines.supplies import FIRST, LAST, calendar_day, days_asked, price, product, sells, slot


@pytest.fixture
def load(lake_settings, supplier):
    """Load a window of days or slots; the supplier sells one product unless the test says more."""
    sells(supplier, product("tower"))
    load_catalogue(supplier.connection, lake_settings)

    def run(what: Availability, last=LAST):
        return load_availability(supplier.connection, FIRST, last, what, lake_settings)

    return run


def test_the_calendar_arrives_day_by_day_with_its_prices(load, rows):
    assert load(Availability.DAYS).rows == {"calendar_days": 3, "calendar_prices": 6}
    assert rows("local_date, status, vacancies, opens_at, closes_at", "calendar_days")[0] == (
        FIRST,
        "AVAILABLE",
        10,
        "09:00",
        "17:00",
    )
    assert rows("local_date, provider_unit_id, retail_minor", "calendar_prices")[:2] == [
        (FIRST, "adult", 2000),
        (FIRST, "child", 1000),
    ]


def test_slots_keep_the_place_s_own_time(load, rows):
    assert load(Availability.SLOTS).rows == {"slots": 3, "slot_prices": 6}
    starts = "strftime(timezone('UTC', starts_at), '%H:%M'), starts_at_local"
    assert rows(starts, "slots")[0] == ("09:00", "2027-03-01T10:00:00+01:00")


def test_loading_twice_duplicates_nothing(load, rows):
    for what in (*Availability, *Availability):
        load(what)
    assert len(rows("local_date", "calendar_days")) == 3
    assert len(rows("local_date", "slot_prices")) == 6


def test_a_vanished_slot_goes_and_so_does_a_day_s_last(load, supplier, rows):
    supplier.replies["POST /availability"] = lambda body: (
        200,
        [slot(day, time) for day in days_asked(body) for time in ("10:00", "14:00")],
    )
    load(Availability.SLOTS)
    assert len(rows("provider_availability_id", "slots")) == 6
    supplier.replies["POST /availability"] = (200, [slot(FIRST, "14:00")])
    load(Availability.SLOTS)
    assert rows("provider_availability_id", "slots") == ["2027-03-01T14:00:00+01:00"]
    supplier.replies["POST /availability"] = (200, [])
    load(Availability.SLOTS)
    assert rows("provider_availability_id", "slots") == rows("provider_availability_id", "slot_prices") == []


@pytest.mark.parametrize("what", Availability)
def test_an_answer_without_days_for_most_products_is_not_believed(lake_settings, supplier, rows, what):
    def run(**how):
        load_availability(supplier.connection, FIRST, LAST, what, lake_settings, **how)

    sells(supplier, *(product(f"tower{number}") for number in range(5)))
    load_catalogue(supplier.connection, lake_settings)
    run()
    supplier.replies |= dict.fromkeys(("POST /availability", "POST /availability/calendar"), (200, []))
    with pytest.raises(CatalogueTruncated, match="2027-03-01 to 2027-03-03: 5 of 5 products have nothing left"):
        run()
    assert len(rows("local_date", TABLES[what].name)) == 15
    run(accept_drop=True)
    assert rows("local_date", TABLES[what].name) == []


def test_days_outside_the_window_stay(load, rows):
    load(Availability.DAYS)
    load(Availability.DAYS, last=FIRST)
    assert len(rows("local_date", "calendar_days")) == 3


def test_a_price_per_booking_has_no_unit(load, supplier, rows):
    day = calendar_day(FIRST, unitPricingFrom=None, pricingFrom=price(9000, net=None))
    supplier.replies["POST /availability/calendar"] = (200, [day])
    load(Availability.DAYS)
    assert rows("provider_unit_id, retail_minor, net_minor", "calendar_prices") == [("", 9000, None)]


def test_a_status_nobody_knows_becomes_other(load, supplier, rows):
    supplier.replies["POST /availability/calendar"] = (200, [calendar_day(FIRST, status="WAITLIST")])
    load(Availability.DAYS)
    assert rows("status", "calendar_days") == ["OTHER"]


def test_days_nobody_asked_for_are_not_believed(load, supplier, rows):
    elsewhere = FIRST - timedelta(days=5)
    supplier.replies["POST /availability/calendar"] = (200, [calendar_day(elsewhere), calendar_day(FIRST)])
    supplier.replies["POST /availability"] = (200, [slot(elsewhere), slot(FIRST)])
    for what in Availability:
        load(what)
    assert rows("local_date", "calendar_days") == rows("local_date", "slots") == [FIRST]


@pytest.mark.parametrize("vacancies", [2**31, 2**63])
def test_a_number_too_large_for_the_marts_stops_its_supplier_alone(load, supplier, rows, vacancies):
    supplier.replies["POST /availability"] = (200, [slot(FIRST, vacancies=vacancies)])
    with pytest.raises(OctoMalformed, match="vacancies"):
        load(Availability.SLOTS)
    assert rows("local_date", "slots") == []


def test_a_product_taken_off_sale_meanwhile_stops_nothing(load, supplier, rows):
    load(Availability.SLOTS)
    gone = {"error": "INVALID_PRODUCT_ID", "errorMessage": "gone", "productId": "tower"}
    supplier.replies["POST /availability"] = (400, gone)
    load(Availability.SLOTS)
    assert rows("provider_availability_id", "slots") == []


def test_a_supplier_that_goes_down_leaves_whole_days(load, supplier, rows, monkeypatch):
    monkeypatch.setitem(providers.DAYS_PER_COMMIT, Availability.DAYS, 2)

    def down_from_the_third_day(body):
        days = days_asked(body)
        return (503, {}) if days[0] > FIRST else (200, [calendar_day(day) for day in days])

    supplier.replies["POST /availability/calendar"] = down_from_the_third_day
    with pytest.raises(ProviderUnavailable):
        load(Availability.DAYS)
    assert rows("local_date", "calendar_days") == [FIRST, FIRST + timedelta(days=1)]
    assert len(rows("local_date", "calendar_prices")) == 4


def test_without_a_catalogue_there_is_nothing_to_ask_for(lake_settings, supplier):
    with pytest.raises(CatalogueError, match="load its catalogue first"):
        load_availability(supplier.connection, FIRST, LAST, Availability.DAYS, lake_settings)
