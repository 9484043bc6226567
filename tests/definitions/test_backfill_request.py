"""What a person may ask a backfill for."""

from datetime import date

import pytest

from dagster_project.backfill.request import BadRequest, What, parse_request

TODAY = date(2026, 12, 1)


def test_a_request_is_cut_into_chunks_that_cover_every_day_once():
    request = parse_request("availability", "2026-12-05", "2026-12-20", today=TODAY)
    assert list(request.chunks()) == [
        (date(2026, 12, 5), date(2026, 12, 11)),
        (date(2026, 12, 12), date(2026, 12, 18)),
        (date(2026, 12, 19), date(2026, 12, 20)),
    ]


def test_one_day_is_one_chunk():
    request = parse_request("prices", "2026-12-05", "2026-12-05", today=TODAY)
    assert list(request.chunks()) == [(date(2026, 12, 5), date(2026, 12, 5))]
    assert request.what is What.PRICES


def test_sales_of_a_business_day_that_is_still_to_begin_in_utc_can_be_loaded():
    assert parse_request("sales", "2026-12-02", "2026-12-02", today=TODAY)


@pytest.mark.parametrize(
    ("what", "first", "last", "reason"),
    [
        ("slots", "2026-12-05", "2026-12-06", "it must be availability, prices, sales"),
        ("prices", "05-12-2026", "2026-12-06", "FROM is '05-12-2026'; write it as 2026-12-31"),
        ("prices", "2026-12-05", "tomorrow", "TO is 'tomorrow'"),
        ("prices", "2026-12-06", "2026-12-05", "FROM 2026-12-06 is after TO 2026-12-05"),
        ("prices", "2026-11-30", "2026-12-05", "FROM 2026-11-30 is past"),
        ("prices", "2026-12-05", "2027-12-05", "days are kept up to 2027-03-31"),
        ("sales", "2026-11-30", "2026-12-03", "TO 2026-12-03 is to come"),
        ("sales", "2019-12-31", "2026-11-30", "FROM 2019-12-31 is too early"),
    ],
)
def test_a_request_that_cannot_be_met_says_why(what, first, last, reason):
    with pytest.raises(BadRequest, match=reason):
        parse_request(what, first, last, today=TODAY)
