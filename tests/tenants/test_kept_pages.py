"""A page that is kept for everybody holds nothing of the visitor it was made for, and bodies are bounded everywhere."""

import pytest

from tests.fixtures.shops import ORIGIN, visiting

MARK = "x9mark9x"
PERSONAL = {
    "cookie": f"tiqzy_session={MARK}; tiqzy_order={MARK}",
    "accept-language": f"nl-{MARK}",
    "referer": f"http://{MARK}.example/",
    "user-agent": MARK,
    "x-forwarded-for": MARK,
    "x-forwarded-host": f"{MARK}.example",
    "authorization": f"Bearer {MARK}",
}
KEPT = ["", "cities/amsterdam", "places/great-museum", "tickets/ticket-30", "tickets/ticket-30?month=2027-01"]
BIG = 70_000


@pytest.mark.parametrize("page", KEPT)
async def test_a_page_made_for_one_visitor_is_the_page_of_any_other(visitor, shops, page):
    address = f"/s/canal-house/{page}"
    unknown = f"{address}{'&' if '?' in page else '?'}utm_source={MARK}"
    made = await visitor.client.get(unknown, headers=PERSONAL)
    assert made.status_code == 200
    assert "set-cookie" not in made.headers
    assert MARK not in made.text
    async with visiting(shops.settings) as other:
        assert (await other.text(address)) == made.text


@pytest.mark.parametrize(
    "address",
    ["/sign-in", "/sign-out", "/webhooks/stripe", "/staff/jobs/1/retry", "/v1/shops/canal-house/orders/ord_1/items"]
    + [f"/s/canal-house/{page}" for page in ("cart", "checkout", "orders/x/resend")],
)
@pytest.mark.parametrize("is_declared", [True, False], ids=["declared", "undeclared"])
async def test_no_address_takes_a_body_without_end(visitor, address, is_declared):
    async def endless():
        for _ in range(BIG // 1_000):
            yield b"x" * 1_000

    kind = "application/json" if address.startswith("/v1/") else "application/x-www-form-urlencoded"
    body = b"x" * BIG if is_declared else endless()
    answer = await visitor.client.post(address, content=body, headers={"content-type": kind, "origin": ORIGIN})
    assert answer.status_code in ({413} if is_declared else {401, 403, 404, 413}), answer.text
