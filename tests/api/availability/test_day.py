"""A day of a ticket: live from the supplier, else as last known, always with its age."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

LIVE = "/s/canal-house/tickets/ticket-30/{day}"
LIVE_JSON = "/v1/shops/canal-house/products/prd_30/slots?date={day}"


async def test_a_day_is_asked_of_the_supplier_and_says_so(visitor, world):
    page = await visitor.text(LIVE.format(day=world.day))
    assert "checked just now" in page
    assert "04:07" not in page  # only the snapshot knows this time


async def test_live_times_carry_live_prices_and_ids_the_catalogue_would_give_them(visitor, world):
    option = (await visitor.get(LIVE_JSON.format(day=world.day))).json()["options"][0]
    assert option["freshness"] == "live"
    assert option["slots"]
    slot = option["slots"][0]
    assert slot["slot_id"].startswith("slt_")
    assert slot["prices"][0]["type"] == "ADULT"
    assert slot["prices"][0]["price"]["offer_minor"] > 0


@pytest.mark.parametrize("switches", [{"is_down": True}, {"error_rate": 1.0}, {"lie": "schema"}, {"lie": "not_json"}])
async def test_a_failing_or_lying_supplier_leaves_the_last_known_times_with_their_age(
    visitor, world, sandbox, switches
):
    sandbox.control("canal", **switches)
    page = await visitor.text(LIVE.format(day=world.day))
    assert "04:07" in page
    assert "22.22" in page
    assert "as of 40 minutes ago" in page
    assert "does not answer" in page
    option = (await visitor.get(LIVE_JSON.format(day=world.day))).json()["options"][0]
    assert option["freshness"] == "snapshot"


async def test_a_slow_supplier_costs_a_visitor_two_seconds_at_most(visitor, world, sandbox):
    sandbox.control("canal", latency_seconds=8)
    started = perf_counter()
    page = await visitor.text(LIVE.format(day=world.day))
    assert perf_counter() - started < 3.5
    assert "as of 40 minutes ago" in page


async def test_what_sold_out_since_the_last_load_is_shown_sold_out(visitor, world, sandbox):
    sandbox.control("canal", sold_out=True)
    page = await visitor.text(LIVE.format(day=world.day))
    assert "Sold out on this day" in page
    assert "Choose another date" in page


async def test_a_day_beyond_the_catalogue_is_asked_live(visitor):
    far = datetime.now(UTC).date() + timedelta(days=60)
    option = (await visitor.get(LIVE_JSON.format(day=far))).json()["options"][0]
    assert option["freshness"] == "live"


async def test_a_day_nobody_knows_anything_of_says_so_and_how_to_go_on(visitor, sandbox):
    sandbox.control("canal", is_down=True)
    far = datetime.now(UTC).date() + timedelta(days=60)
    page = await visitor.text(LIVE.format(day=far))
    assert "We cannot check the times right now" in page
    answer = await visitor.get(LIVE_JSON.format(day=far), 503)
    assert answer.json()["type"] == "/problems/availability-unknown"
    assert answer.headers["retry-after"]


async def test_days_that_cannot_be_sold_are_refused_each_in_its_way(visitor):
    today = datetime.now(UTC).date()
    await visitor.get(LIVE.format(day=today - timedelta(days=3)), 410)
    await visitor.get(LIVE.format(day=today + timedelta(days=900)), 404)
    await visitor.get(LIVE.format(day="someday"), 404)


async def test_a_day_is_never_kept(visitor, world):
    answer = await visitor.get(LIVE.format(day=world.day))
    assert answer.headers["cache-control"] == "private, no-store"
