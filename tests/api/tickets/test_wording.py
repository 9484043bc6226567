"""When and where, as a ticket says it."""

from datetime import UTC, datetime

from api.pages.formatting import Formats
from api.tickets.views import IssuedTicket, TicketFormat
from api.tickets.wording import TIMES, admits, place_in_words, time_in_words
from tests.api.tickets.issued import item

ENGLISH = Formats.of("en_NL")


def at(*hours: int, day: int = 27) -> dict[str, datetime]:
    starts, ends = (datetime(2026, 11, day, hour, tzinfo=UTC) for hour in hours)
    return {"starts_at": starts, "ends_at": ends}


def test_a_time_is_the_places_in_the_shops_manner():
    assert time_in_words(item(), ENGLISH) == "10:00 to 11:30"
    assert time_in_words(item(time_zone="Asia/Tokyo"), Formats.of("en_US")) == "6:00\u202fPM to 7:30\u202fPM"


def test_a_time_without_an_end_is_its_start():
    assert time_in_words(item(**at(9, 9)), ENGLISH) == "10:00"


def test_a_visit_past_midnight_says_which_day_it_ends():
    late = item(starts_at=datetime(2026, 11, 27, 21, tzinfo=UTC), ends_at=datetime(2026, 11, 28, 0, tzinfo=UTC))
    assert time_in_words(late, ENGLISH) == "22:00 to 01:00 (Sat 28 Nov)"


def test_an_hour_that_comes_twice_names_its_zone():
    first = item(starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ends_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert time_in_words(first, ENGLISH) == "02:30 CEST to 02:30 CET"


def test_a_visit_at_any_time_says_the_opening_hours():
    assert time_in_words(item(is_all_day=True), ENGLISH) == "Any time that day"
    hours = (("09:00", "12:00"), ("13:00", "17:00"))
    told = time_in_words(item(is_all_day=True, opening_hours=hours), ENGLISH)
    assert told == "Any time, open 09:00 to 12:00, 13:00 to 17:00"


def test_an_unknown_street_leaves_the_city():
    assert place_in_words(item(street_address=None)) == "Amsterdam"


def test_a_ticket_admits_one_and_a_voucher_all():
    assert admits(item(), item().tickets[2]) == "Child"
    assert admits(item(), IssuedTicket(None, TicketFormat.QRCODE, "X")) == f"2{TIMES}Adult, 1{TIMES}Child"
