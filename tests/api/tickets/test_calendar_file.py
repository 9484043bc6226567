"""The calendar file, read back, on ordinary days and in the nights when clocks change."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from api.tickets.calendar_file import calendar_file
from tests.api.tickets.issued import PAGE_URL, item, order

MADE_AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def events(*items):
    return Calendar.from_ical(calendar_file(order(*items), MADE_AT)).walk("VEVENT")


def test_an_event_is_at_the_places_own_time():
    (event,) = events(item())
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event.start == datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    assert event.end == datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
    assert event["LOCATION"] == "Rijksmuseum, Museumstraat 1, Amsterdam"
    assert event["URL"] == PAGE_URL


def test_the_file_brings_the_zones_it_names():
    content = calendar_file(order(item(), item(item_id="itm_2", time_zone="Asia/Tokyo")), MADE_AT)
    assert {zone["TZID"] for zone in Calendar.from_ical(content).walk("VTIMEZONE")} == {
        "Asia/Tokyo",
        "Europe/Amsterdam",
    }


def test_the_same_item_has_the_same_uid_and_another_has_another():
    once, again = events(item())[0], events(item(product_title="Renamed"))[0]
    other = events(item(item_id="itm_2"))[0]
    assert once["UID"] == again["UID"] != other["UID"]


def test_a_visit_over_the_night_when_clocks_go_forward_keeps_its_real_length():
    starts, ends = datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    (event,) = events(item(starts_at=starts, ends_at=ends, local_date=date(2027, 3, 28)))
    assert (event.start.hour, event.end.hour) == (1, 3)
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == ends - starts


def test_an_hour_that_comes_twice_is_not_taken_for_the_other():
    for starts in (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)):
        (event,) = events(item(starts_at=starts, ends_at=starts, local_date=date(2026, 10, 25)))
        assert event.start == starts
        assert event["DTSTART"].to_ical().endswith(b"Z")


def test_a_visit_at_any_time_is_a_day_and_leaves_the_day_free():
    (event,) = events(item(is_all_day=True, opening_hours=(("09:00", "17:00"),)))
    assert (event.start, event.end) == (date(2026, 11, 27), date(2026, 11, 28))
    assert event["TRANSP"] == "TRANSPARENT"
