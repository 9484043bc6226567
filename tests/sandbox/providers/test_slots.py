"""Slots on the days when clocks change, around their cutoff, and asked for in each allowed way."""

from datetime import UTC, date, datetime

import pytest

from tests.sandbox.walk import Caller, FakeClock, open_world

SPRING, AUTUMN = "2027-03-28", "2027-10-31"


async def _amsterdam(http, kind: str) -> tuple[Caller, dict]:
    caller = Caller(http, "canal")
    found = [item for item in await caller.get("/products/") if item["timeZone"] == "Europe/Amsterdam"]
    return caller, next(item for item in found if item["availabilityType"] == kind and not item["allowFreesale"])


def _asked(product: dict, **more: object) -> dict:
    return {"productId": product["id"], "optionId": product["options"][0]["id"], **more}


@pytest.mark.parametrize(("day", "hours", "offset"), [(SPRING, 23, "+02:00"), (AUTUMN, 25, "+01:00")])
async def test_a_day_has_the_hours_the_clock_gives_it(day: str, hours: int, offset: str) -> None:
    async with open_world(FakeClock(datetime(2027, 3, 1, 9, tzinfo=UTC))) as http:
        caller, product = await _amsterdam(http, "OPENING_HOURS")
        whole = (await caller.post("/availability/", _asked(product, localDate=day)))[0]
        starts, ends = (datetime.fromisoformat(whole[f"localDateTime{edge}"]) for edge in ("Start", "End"))
        assert whole["allDay"]
        assert (ends - starts).total_seconds() == hours * 3600
        caller, product = await _amsterdam(http, "START_TIME")
        slot = (await caller.post("/availability/", _asked(product, localDate=day)))[0]
        assert slot["id"].endswith(offset)


async def test_slots_that_began_are_closed_and_the_rest_of_the_day_is_not() -> None:
    async with open_world(FakeClock(datetime(2027, 4, 7, 10, 45, tzinfo=UTC))) as http:
        caller, product = await _amsterdam(http, "START_TIME")
        slots = await caller.post("/availability/", _asked(product, localDate="2027-04-07"))
        closed = [slot["id"][11:16] for slot in slots if slot["status"] == "CLOSED"]
        assert closed
        assert max(closed) <= "12:45"
        assert all(slot["status"] != "CLOSED" for slot in slots if slot["id"][11:16] > "13:45")
        past = await caller.post("/availability/", _asked(product, localDate="2027-04-06"))
        assert {slot["status"] for slot in past} == {"CLOSED"}


async def test_the_three_ways_to_ask_agree() -> None:
    async with open_world(FakeClock()) as http:
        caller, product = await _amsterdam(http, "START_TIME")
        by_day = await caller.post("/availability/", _asked(product, localDate="2027-05-04"))
        by_range = await caller.post(
            "/availability/", _asked(product, localDateStart="2027-05-04", localDateEnd="2027-05-04")
        )
        by_id = await caller.post("/availability/", _asked(product, availabilityIds=[slot["id"] for slot in by_day]))
        assert by_day == by_range == by_id
        assert by_day


async def test_the_calendar_says_what_the_slots_say() -> None:
    async with open_world(FakeClock(), place_count=40) as http:
        caller = Caller(http, "meridian")
        dates = {"localDateStart": "2027-04-06", "localDateEnd": "2027-05-10"}
        for product in await caller.get("/products/"):
            days = await caller.post("/availability/calendar", _asked(product, **dates))
            slots = await caller.post("/availability/", _asked(product, **dates))
            assert len(days) == 35
            for day in days:
                own = [slot for slot in slots if slot["id"][:10] == day["localDate"]]
                assert day["available"] is any(slot["available"] for slot in own)
                ahead = [slot["vacancies"] for slot in own if slot["status"] != "CLOSED"]
                assert day["vacancies"] == (None if None in ahead else max(ahead, default=0))


async def test_a_group_too_large_for_a_slot_is_told_so() -> None:
    async with open_world(FakeClock()) as http:
        caller, product = await _amsterdam(http, "START_TIME")
        unit = product["options"][0]["units"][0]["id"]
        asked = _asked(product, localDate="2027-05-04", units=[{"id": unit, "quantity": 1000}])
        assert not any(slot["available"] for slot in await caller.post("/availability/", asked))


async def test_ranges_that_make_no_sense_are_refused() -> None:
    async with open_world(FakeClock(), place_count=4) as http:
        caller = Caller(http, "canal")
        product = (await caller.get("/products/"))[0]
        for first, last in (("2027-05-04", "2027-05-03"), ("2027-01-01", "2028-06-01"), ("someday", "2027-05-03")):
            reply = await caller.post(
                "/availability/calendar", _asked(product, localDateStart=first, localDateEnd=last)
            )
            assert reply["error"] == "BAD_REQUEST"
    assert date.fromisoformat(SPRING).weekday() == 6
