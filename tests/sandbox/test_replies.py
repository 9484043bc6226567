"""Every reply the sandbox gives is one the published document allows."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.sandbox.published_schema import CONTENT, PRICING, PublishedSchema, require_document
from tests.sandbox.walk import BOTH, NOON, Caller, FakeClock, open_world

CONTACT = {"firstName": "Ada", "lastName": "Visser", "emailAddress": "ada@example.org"}
CAPABILITIES = [
    pytest.param(BOTH, (PRICING, CONTENT), id="pricing and content"),
    pytest.param("pricing", (PRICING,), id="pricing, new spelling"),
    pytest.param("octo/content", (CONTENT,), id="content"),
    pytest.param("", (), id="none"),
]

pytestmark = pytest.mark.usefixtures("_document")


@pytest.fixture(scope="module")
def _document() -> None:
    require_document()


def _assert_published(caller: Caller, *capabilities: str) -> None:
    schema = PublishedSchema(*capabilities)
    for said in caller.exchanges:
        problems = schema.problems(said.method, said.path, said.status, said.headers, said.body)
        assert not problems, f"{said.method} {said.path} {said.status}: {problems[:5]}"


async def _walk(caller: Caller, clock: FakeClock) -> None:
    """Catalogue to cancelled booking, on the first product of each way to sell."""
    await caller.get("/capabilities/")
    await caller.get("/supplier/")
    products = await caller.get("/products/")
    ways = {
        (
            product["availabilityType"],
            product["allowFreesale"],
            product["instantConfirmation"],
            product["deliveryMethods"][0],
        ): product
        for product in products
    }
    for product in ways.values():
        await caller.get(f"/products/{{id={product['id']}}}")
        await _book(caller, clock, product)


async def _book(caller: Caller, clock: FakeClock, product: dict) -> None:
    asked = {"productId": product["id"], "optionId": product["options"][0]["id"]}
    dates = {"localDateStart": NOON.date().isoformat(), "localDateEnd": (NOON.date() + timedelta(days=30)).isoformat()}
    await caller.post("/availability/calendar", {**asked, **dates})
    slots = await caller.post("/availability/", {**asked, **dates})
    free = [slot for slot in slots if slot["available"] and (slot["vacancies"] is None or slot["vacancies"] > 3)]
    unit_id = product["options"][0]["units"][0]["id"]
    await caller.post(
        "/availability/", {**asked, "availabilityIds": [free[-1]["id"]], "units": [{"id": unit_id, "quantity": 2}]}
    )
    uuid = str(uuid4())
    wish = {"uuid": uuid, **asked, "availabilityId": free[-1]["id"], "unitItems": [{"unitId": unit_id}] * 2}
    reserved = await caller.post("/bookings/", wish)
    assert reserved["status"] == "ON_HOLD"
    assert (await caller.post("/bookings/", wish))["id"] == reserved["id"]
    path = f"/bookings/{{uuid={uuid}}}"
    await caller.post(f"{path}/extend", {"expirationMinutes": 25})
    moved = await caller.patch(path, {"availabilityId": free[-2]["id"], "notes": "Window seats, please"})
    assert moved["availabilityId"] == free[-2]["id"]
    confirmed = await caller.post(f"{path}/confirm", {"contact": CONTACT, "resellerReference": "R-1"})
    assert confirmed["status"] == ("CONFIRMED" if product["instantConfirmation"] else "PENDING")
    clock.advance(minutes=1)
    assert (await caller.get(path))["status"] == "CONFIRMED"
    await caller.get("/bookings/", resellerReference="R-1")
    await caller.get("/bookings/", localDate=free[-2]["id"][:10])
    cancelled = await caller.post(f"{path}/cancel", {"reason": "The weather"})
    assert (cancelled["status"], cancelled["cancellation"]["refund"]) == ("CANCELLED", "FULL")


@pytest.mark.parametrize("supplier", ["canal", "meridian"])
@pytest.mark.parametrize(("asked", "active"), CAPABILITIES)
async def test_every_step_of_a_sale_is_answered_as_published(
    supplier: str, asked: str, active: tuple[str, ...]
) -> None:
    clock = FakeClock()
    async with open_world(clock, place_count=60) as http:
        caller = Caller(http, supplier, asked)
        await _walk(caller, clock)
        echoed = {said.headers["octo-capabilities"] for said in caller.exchanges}
        _assert_published(caller, *active)
    assert echoed == {asked}


@pytest.mark.parametrize("supplier", ["canal", "meridian"])
async def test_every_product_of_the_whole_world_is_published_right(supplier: str) -> None:
    async with open_world(FakeClock()) as http:
        caller = Caller(http, supplier)
        assert len(await caller.get("/products/")) > 150
        _assert_published(caller, PRICING, CONTENT)


async def test_each_refusal_has_its_code_and_the_field_it_is_about() -> None:
    async with open_world(FakeClock(), place_count=60) as http:
        caller = Caller(http, "canal")
        for code, refused in (await _refusals(caller)).items():
            assert (await refused())["error"] == code
        await caller.control(error_rate=1)
        assert (await caller.get("/products/"))["error"] == "INTERNAL_SERVER_ERROR"
        _assert_published(caller, PRICING, CONTENT)


async def _refusals(caller: Caller) -> dict[str, Callable[[], Awaitable[dict]]]:
    """One call for each code, good in all but one respect."""
    product = (await caller.get("/products/"))[0]
    asked = {"productId": product["id"], "optionId": product["options"][0]["id"]}
    slots = await caller.post("/availability/", {**asked, "localDate": "2027-06-01"})
    unit = {"unitId": product["options"][0]["units"][0]["id"]}
    wish = {**asked, "availabilityId": slots[0]["id"], "unitItems": [unit]}
    keyless, stranger = (Caller(caller.http, "canal", key=key, exchanges=caller.exchanges) for key in (None, "another"))
    return {
        "INVALID_PRODUCT_ID": lambda: caller.get("/products/{id=nothing}"),
        "INVALID_OPTION_ID": lambda: caller.post("/availability/", {**asked, "optionId": "nothing"}),
        "INVALID_UNIT_ID": lambda: caller.post("/bookings/", {**wish, "unitItems": [{"unitId": "nothing"}]}),
        "INVALID_AVAILABILITY_ID": lambda: caller.post("/bookings/", {**wish, "availabilityId": "nothing"}),
        "INVALID_BOOKING_UUID": lambda: caller.get(f"/bookings/{{uuid={uuid4()}}}"),
        "BAD_REQUEST": lambda: caller.get("/bookings/"),
        "UNPROCESSABLE_ENTITY": lambda: caller.post("/bookings/", {**wish, "unitItems": []}),
        "UNAUTHORIZED": lambda: keyless.get("/supplier/"),
        "FORBIDDEN": lambda: stranger.get("/supplier/"),
    }
