"""What every answer carries, and what is refused before anything is done."""

import pytest

from api.delivery.request_context import HSTS, RequestContext
from tests.fixtures.shops import LAGO_HOST


@pytest.mark.parametrize("address", ["/s/canal-house/", "/s/nobody/", "/healthz", "/v1/shops/nobody", "/static/none"])
async def test_every_answer_carries_the_security_headers(visitor, address):
    answer = await visitor.client.get(address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"]
    assert answer.headers["x-request-id"]


async def test_a_plain_request_id_is_kept_and_a_strange_one_replaced(visitor):
    kept = await visitor.get("/healthz", x_request_id="edge-0123456789")
    assert kept.headers["x-request-id"] == "edge-0123456789"
    replaced = await visitor.get("/healthz", x_request_id="a b<script>")
    assert "script" not in replaced.headers["x-request-id"]


async def test_production_insists_on_https():
    sent = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    await RequestContext(app, is_production=True)(scope, None, send)
    assert (b"strict-transport-security", HSTS.encode()) in sent[0]["headers"]


async def test_pages_hold_no_inline_script_style_or_foreign_address(visitor, world):
    for address in ("/s/canal-house/", "/s/canal-house/tickets/ticket-30", f"/s/lago/tickets/ticket-41/{world.day}"):
        page = await visitor.text(address)
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<style" not in page
        assert 'src="http' not in page


@pytest.mark.parametrize(
    ("address", "status"), [("/s/" + "x" * 600, 414), ("/s/canal-house/search?q=" + "x" * 2_000, 414)]
)
async def test_overlong_addresses_are_refused(visitor, address, status):
    await visitor.get(address, status)


async def test_large_bodies_are_refused_declared_or_not(visitor):
    declared = await visitor.client.post("/sign-in", content=b"x" * 70_000)
    assert declared.status_code == 413

    async def endless():
        for _ in range(100):
            yield b"x" * 1_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    undeclared = await visitor.client.post("/sign-in", content=endless(), headers=headers)
    assert undeclared.status_code == 413


async def test_a_shops_own_host_shows_that_shop_alone(visitor):
    front = await visitor.get("/", host=LAGO_HOST)
    assert "By the lake" in front.text
    assert 'href="/cities/rome"' in front.text
    assert f'<link rel="canonical" href="https://{LAGO_HOST}/">' in front.text
    await visitor.get("/tickets/ticket-41", host=LAGO_HOST)
    await visitor.get("/s/canal-house/", 404, host=LAGO_HOST)
    await visitor.get("/v1/shops/canal-house", 404, host=LAGO_HOST)


async def test_a_host_that_is_nobodys_is_refused(visitor):
    for host in ("evil.example", "evil.example:8000", "<script>"):
        assert "no shop at this address" in (await visitor.get("/s/canal-house/", 400, host=host)).text


async def test_a_visitor_on_the_platforms_host_is_canonical_on_the_shops_own(visitor):
    page = await visitor.text("/s/lago/cities/rome")
    assert f'<link rel="canonical" href="https://{LAGO_HOST}/cities/rome">' in page
