"""A shop shows what lies in its area, and nothing else exists there, by whatever address it is asked for."""

import pytest

# Rome belongs to the shop `lago`; `canal-house` offers the Netherlands.
ELSEWHERE = {
    "/s/canal-house/countries/italy": 404,
    "/s/canal-house/cities/rome": 404,
    "/s/canal-house/cities/cty_3169070": 404,
    "/s/canal-house/places/arena": 404,
    "/s/canal-house/tickets/ticket-41": 410,
    "/s/canal-house/tickets/prd_41": 410,
    "/v1/shops/canal-house/cities?country=italy": 404,
    "/v1/shops/canal-house/cities/rome": 404,
    "/v1/shops/canal-house/places?city=rome": 404,
    "/v1/shops/canal-house/places/arena": 404,
    "/v1/shops/canal-house/products?city=rome": 404,
    "/v1/shops/canal-house/products?place=arena": 404,
    "/v1/shops/canal-house/products/prd_41": 410,
    "/v1/shops/canal-house/products/prd_41/calendar?from=2026-01-01&to=2026-12-31": 410,
}


@pytest.mark.parametrize(("address", "status"), ELSEWHERE.items())
async def test_what_lies_elsewhere_does_not_exist(visitor, address, status):
    await visitor.get(address, status)
    await visitor.get(address.replace("canal-house", "lago"))


async def test_days_and_times_of_tickets_elsewhere_do_not_exist(visitor, world):
    await visitor.get(f"/s/canal-house/tickets/ticket-41/{world.day}", 410)
    await visitor.get(f"/v1/shops/canal-house/products/prd_41/slots?date={world.day}", 410)
    await visitor.get(f"/s/lago/tickets/ticket-41/{world.day}")


async def test_lists_and_searches_hold_nothing_from_elsewhere(visitor):
    for list_address in ("countries", "cities", "products", "search?q=a"):
        answer = await visitor.text(f"/v1/shops/canal-house/{list_address}")
        assert "rome" not in answer.lower()
        assert "italy" not in answer.lower()
    assert "rome" not in (await visitor.text("/s/canal-house/search?q=arena")).lower()
    assert "rome" not in (await visitor.text("/s/canal-house/")).lower()
