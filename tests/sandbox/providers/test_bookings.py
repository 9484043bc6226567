"""What a hold does to the places left, and every way a booking can go."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from tests.sandbox.walk import Caller, FakeClock, open_world

CONTACT = {"contact": {"firstName": "Ada", "lastName": "Visser", "emailAddress": "ada@example.org"}}
DAY = "2027-06-01"


class Shopper:
    """Somebody buying from one supplier."""

    def __init__(self, caller: Caller, clock: FakeClock) -> None:
        self.caller, self.clock = caller, clock
        self.products: list[dict] = []

    def product(self, **wanted: object) -> dict:
        """The first product with these values."""
        return next(item for item in self.products if all(item[key] == value for key, value in wanted.items()))

    async def slots(self, product: dict, **asked: object) -> list[dict]:
        body = {"productId": product["id"], "optionId": product["options"][0]["id"], "localDate": DAY, **asked}
        return await self.caller.post("/availability/", body)

    async def wish(self, product: dict, count: int = 1, **more: object) -> dict:
        """The body of a reservation for the first slot with room for many."""
        slot = next(slot for slot in await self.slots(product) if slot["vacancies"] is None or slot["vacancies"] > 7)
        option = product["options"][0]
        items = [{"unitId": option["units"][0]["id"]}] * count
        chosen = {"productId": product["id"], "optionId": option["id"], "availabilityId": slot["id"]}
        return {"uuid": str(uuid4()), **chosen, "unitItems": items, **more}

    async def hold(self, product: dict, count: int = 1, **more: object) -> dict:
        return await self.caller.post("/bookings/", await self.wish(product, count, **more))

    async def step(self, booking: dict, name: str, body: Any) -> dict:
        return await self.caller.post(f"/bookings/{{uuid={booking['uuid']}}}/{name}", body)

    async def vacancies(self, product: dict, booking: dict) -> int:
        slots = await self.slots(product, availabilityIds=[booking["availabilityId"]])
        return slots[0]["vacancies"]


async def _shopper(supplier: str) -> AsyncIterator[Shopper]:
    clock = FakeClock()
    async with open_world(clock, place_count=80) as http:
        shopper = Shopper(Caller(http, supplier), clock)
        shopper.products = await shopper.caller.get("/products/")
        yield shopper


@pytest.fixture
async def canal() -> AsyncIterator[Shopper]:
    async for shopper in _shopper("canal"):
        yield shopper


@pytest.fixture
async def meridian() -> AsyncIterator[Shopper]:
    async for shopper in _shopper("meridian"):
        yield shopper


async def test_a_hold_takes_places_and_gives_them_back_when_it_ends(canal) -> None:
    product = canal.product(availabilityType="START_TIME")
    booking = await canal.hold(product, 3)
    held = await canal.vacancies(product, booking)
    canal.clock.advance(minutes=31)
    assert await canal.vacancies(product, booking) == held + 3
    assert (await canal.caller.get(f"/bookings/{{uuid={booking['uuid']}}}"))["status"] == "EXPIRED"


async def test_the_calendar_follows_bookings(canal) -> None:
    product = canal.product(availabilityType="OPENING_HOURS", allowFreesale=False)
    asked = {"productId": product["id"], "optionId": product["options"][0]["id"]}
    month = {**asked, "localDateStart": DAY, "localDateEnd": DAY}
    before = (await canal.caller.post("/availability/calendar", month))[0]["vacancies"]
    await canal.hold(product, 4)
    assert (await canal.caller.post("/availability/calendar", month))[0]["vacancies"] == before - 4


async def test_a_confirmed_booking_keeps_its_places_and_has_tickets(canal) -> None:
    product = canal.product(deliveryMethods=["TICKET"], availabilityType="START_TIME")
    held = await canal.hold(product, 2)
    assert [item["ticket"] for item in held["unitItems"]] == [None, None]
    confirmed = await canal.step(held, "confirm", CONTACT)
    left = await canal.vacancies(product, held)
    canal.clock.advance(hours=3)
    assert await canal.vacancies(product, held) == left
    codes = {item["ticket"]["deliveryOptions"][0]["deliveryValue"] for item in confirmed["unitItems"]}
    assert len(codes) == 2
    assert confirmed["contact"]["fullName"] == "Ada Visser"
    cancelled = await canal.step(held, "cancel", {"reason": "rain"})
    assert (cancelled["status"], cancelled["unitItems"][0]["ticket"]) == ("CANCELLED", None)
    assert await canal.vacancies(product, held) == left + 2


async def test_a_replay_is_the_same_booking_and_takes_no_more_places(canal) -> None:
    product = canal.product(availabilityType="START_TIME")
    wish = await canal.wish(product, 2)
    first = await canal.caller.post("/bookings/", wish)
    left = await canal.vacancies(product, first)
    again = await canal.caller.post("/bookings/", wish)
    assert again["id"] == first["id"]
    assert await canal.vacancies(product, first) == left
    other = await canal.caller.post("/bookings/", {**wish, "unitItems": wish["unitItems"][:1]})
    assert other["error"] == "UNPROCESSABLE_ENTITY"


async def test_a_replay_after_confirmation_shows_the_confirmed_booking(canal) -> None:
    wish = await canal.wish(canal.product(availabilityType="START_TIME"))
    await canal.step(await canal.caller.post("/bookings/", wish), "confirm", CONTACT)
    assert (await canal.caller.post("/bookings/", wish))["status"] == "CONFIRMED"


async def test_a_hold_lasts_as_asked_but_no_longer_than_the_supplier_allows(canal, meridian) -> None:
    for shopper, usual, longest in ((canal, 30, 60), (meridian, 20, 30)):
        product = shopper.product(instantConfirmation=True)
        for asked, minutes in (({}, usual), ({"expirationMinutes": 5}, 5), ({"expirationMinutes": 600}, longest)):
            booking = await shopper.hold(product, **asked)
            assert booking["utcExpiresAt"] == f"2027-04-06T{12 + minutes // 60:02}:{minutes % 60:02}:00Z"


async def test_an_extended_hold_outlives_its_first_end(canal) -> None:
    booking = await canal.hold(canal.product(availabilityType="START_TIME"), expirationMinutes=10)
    canal.clock.advance(minutes=9)
    await canal.step(booking, "extend", {"expirationMinutes": 20})
    canal.clock.advance(minutes=15)
    assert (await canal.step(booking, "confirm", CONTACT))["status"] == "CONFIRMED"


async def test_a_hold_that_ended_cannot_be_confirmed_or_extended(canal) -> None:
    booking = await canal.hold(canal.product(availabilityType="START_TIME"))
    canal.clock.advance(minutes=30)
    assert (await canal.step(booking, "confirm", CONTACT))["error"] == "INVALID_BOOKING_UUID"
    assert (await canal.step(booking, "extend", {}))["error"] == "INVALID_BOOKING_UUID"


async def test_a_booking_without_the_buyers_address_is_not_confirmed(canal) -> None:
    booking = await canal.hold(canal.product(availabilityType="START_TIME"))
    refused = await canal.step(booking, "confirm", {"contact": {"firstName": "Ada", "lastName": "Visser"}})
    assert (refused["error"], "emailAddress" in refused["errorMessage"]) == ("UNPROCESSABLE_ENTITY", True)
    assert (await canal.step(booking, "confirm", CONTACT))["status"] == "CONFIRMED"


async def test_after_the_cutoff_a_booking_stays(canal) -> None:
    booking = await canal.hold(canal.product(availabilityType="START_TIME"))
    await canal.step(booking, "confirm", CONTACT)
    canal.clock.advance(days=56)
    kept = await canal.caller.get(f"/bookings/{{uuid={booking['uuid']}}}")
    assert kept["cancellable"] is False
    assert (await canal.step(booking, "cancel", {}))["error"] == "UNPROCESSABLE_ENTITY"
    assert (await canal.step(booking, "cancel", {"force": True}))["status"] == "CANCELLED"


async def test_nobody_gets_the_last_place_twice(canal) -> None:
    product = canal.product(availabilityType="START_TIME")
    wish = await canal.wish(product)
    left = (await canal.slots(product, availabilityIds=[wish["availabilityId"]]))[0]["vacancies"]
    sold = 0
    for _ in range(left + 3):
        reply = await canal.caller.post("/bookings/", {**wish, "uuid": str(uuid4())})
        sold += "error" not in reply
    assert sold == left


async def test_a_booking_moves_to_another_slot_and_another_size(canal) -> None:
    product = canal.product(availabilityType="START_TIME", pricingPer="UNIT")
    booking = await canal.hold(product, 2)
    other = next(slot for slot in reversed(await canal.slots(product)) if (slot["vacancies"] or 0) > 8)
    before = await canal.vacancies(product, booking)
    kept = {"uuid": booking["unitItems"][0]["uuid"], "unitId": booking["unitItems"][0]["unitId"]}
    path = f"/bookings/{{uuid={booking['uuid']}}}"
    moved = await canal.caller.patch(path, {"availabilityId": other["id"], "unitItems": [kept]})
    assert [item["uuid"] for item in moved["unitItems"]] == [kept["uuid"]]
    assert moved["pricing"]["retail"] * 2 == booking["pricing"]["retail"]
    assert await canal.vacancies(product, booking) == before + 2


async def test_limits_of_units_are_kept(canal) -> None:
    product = next(item for item in canal.products if len(item["options"][0]["units"]) == 5)
    wish = await canal.wish(product)
    infant = next(unit for unit in product["options"][0]["units"] if unit["type"] == "INFANT")
    for items in (
        [{"unitId": infant["id"]}],
        wish["unitItems"] * 11,
        [*wish["unitItems"], *[{"unitId": infant["id"]}] * 4],
    ):
        reply = await canal.caller.post("/bookings/", {**wish, "unitItems": items})
        assert reply["error"] == "UNPROCESSABLE_ENTITY"


async def test_prices_of_the_units_add_up_to_the_booking(canal, meridian) -> None:
    for shopper in (canal, meridian):
        for pricing_per in ("UNIT", "BOOKING"):
            booking = await shopper.hold(shopper.product(pricingPer=pricing_per), 2)
            parts = [item["pricing"]["retail"] for item in booking["unitItems"]]
            assert sum(parts) == booking["pricing"]["retail"] > 0


async def test_the_price_of_a_hold_outlives_a_price_change(canal) -> None:
    product = canal.product(availabilityType="START_TIME", pricingPer="UNIT")
    booking = await canal.hold(product)
    await canal.caller.control(price_change_percent=50)
    confirmed = await canal.step(booking, "confirm", CONTACT)
    assert confirmed["pricing"] == booking["pricing"]
    assert (await canal.hold(product))["pricing"]["retail"] > booking["pricing"]["retail"]


async def test_a_guide_confirms_later_or_not_at_all(meridian) -> None:
    product = meridian.product(instantConfirmation=False)
    first, second = await meridian.hold(product), await meridian.hold(meridian.products[-1])
    assert (await meridian.step(first, "confirm", CONTACT))["status"] == "PENDING"
    meridian.clock.advance(seconds=21)
    assert (await meridian.caller.get(f"/bookings/{{uuid={first['uuid']}}}"))["status"] == "CONFIRMED"
    assert second["status"] == "ON_HOLD"


async def test_a_pending_booking_is_rejected_when_everything_is_sold_out(meridian) -> None:
    booking = await meridian.hold(meridian.product(instantConfirmation=False))
    await meridian.step(booking, "confirm", CONTACT)
    await meridian.caller.control(sold_out=True)
    meridian.clock.advance(seconds=21)
    assert (await meridian.caller.get(f"/bookings/{{uuid={booking['uuid']}}}"))["status"] == "REJECTED"


async def test_a_private_boat_is_gone_once_one_party_has_it(meridian) -> None:
    product = next(item for item in meridian.products if "Private" in item["title"])
    booking = await meridian.hold(product, 2)
    assert await meridian.vacancies(product, booking) == 0


async def test_freesale_needs_no_day(canal) -> None:
    product = canal.product(allowFreesale=True)
    wish = await canal.wish(product)
    del wish["availabilityId"]
    booking = await canal.caller.post("/bookings/", wish)
    assert (booking["freesale"], booking["availability"], booking["status"]) == (True, None, "ON_HOLD")


async def test_bookings_are_listed_by_reference_and_by_day(canal) -> None:
    product = canal.product(availabilityType="START_TIME")
    booking = await canal.hold(product, resellerReference="ORD-7")
    await canal.hold(product, resellerReference="ORD-8")
    for filters in ({"resellerReference": "ORD-7"}, {"supplierReference": booking["supplierReference"]}):
        assert [item["id"] for item in await canal.caller.get("/bookings/", **filters)] == [booking["id"]]
    assert len(await canal.caller.get("/bookings/", localDateStart=DAY, localDateEnd=DAY)) == 2
    assert await canal.caller.get("/bookings/", localDate="2027-06-02") == []


async def test_each_currency_a_product_has_can_be_booked(meridian) -> None:
    product = meridian.product(defaultCurrency="GBP")
    booking = await meridian.hold(product, currency="EUR")
    assert booking["pricing"]["currency"] == "EUR"
    assert (await meridian.hold(product, currency="USD"))["error"] == "UNPROCESSABLE_ENTITY"
    assert (await meridian.slots(product, currency="USD"))["error"] == "BAD_REQUEST"
