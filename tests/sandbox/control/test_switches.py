"""Each switch does what it says, to one supplier alone, and the page sets them without a script."""

import time
from uuid import uuid4

import httpx
import pytest

from core.settings import ConnectionSettings
from tests.fixtures.sandbox import run_sandbox


def _client(connection: ConnectionSettings, **options: object) -> httpx.Client:
    headers = {
        "Authorization": f"Bearer {connection.api_key.get_secret_value()}",
        "Octo-Capabilities": "octo/pricing, octo/content",
    }
    return httpx.Client(base_url=connection.url, headers=headers, **options)


@pytest.fixture
def canal(sandbox):
    with _client(sandbox.connection("canal")) as http:
        yield http


def _wish(http: httpx.Client) -> dict:
    product = next(item for item in http.get("/products").json() if item["availabilityType"] == "START_TIME")
    option = product["options"][0]
    asked = {"productId": product["id"], "optionId": option["id"]}
    days = {"localDateStart": "2027-05-01", "localDateEnd": "2027-05-20"}
    slots = http.post("/availability", json={**asked, **days}).json()
    slot = next(slot for slot in slots if slot["available"] and slot["vacancies"] > 4)
    return {
        "uuid": str(uuid4()),
        **asked,
        "availabilityId": slot["id"],
        "unitItems": [{"unitId": option["units"][0]["id"]}],
    }


def test_a_supplier_that_is_down_leaves_the_other_up(sandbox, canal) -> None:
    sandbox.control("canal", is_down=True)
    assert canal.get("/products").status_code == 503
    with _client(sandbox.connection("meridian")) as meridian:
        assert meridian.get("/products").status_code == 200


def test_latency_is_felt(sandbox, canal) -> None:
    sandbox.control("canal", latency_seconds=0.3)
    started = time.monotonic()
    canal.get("/supplier")
    assert time.monotonic() - started >= 0.3


def test_an_error_rate_fails_about_that_share(sandbox, canal) -> None:
    sandbox.control("canal", error_rate=0.5)
    statuses = [canal.get("/supplier").status_code for _ in range(60)]
    assert 10 < statuses.count(500) < 50
    assert set(statuses) == {200, 500}


def test_a_lost_reply_leaves_a_booking_behind(sandbox, canal) -> None:
    wish = _wish(canal)
    sandbox.control("canal", lose_reply_after_success=True)
    with pytest.raises(httpx.RemoteProtocolError):
        canal.post("/bookings", json=wish)
    assert canal.get("/products").status_code == 200
    assert canal.post("/bookings", json={**wish, "unitItems": []}).status_code == 400
    sandbox.control("canal", lose_reply_after_success=False)
    assert canal.get(f"/bookings/{wish['uuid']}").json()["status"] == "ON_HOLD"


def test_sold_out_shows_everywhere_and_refuses_bookings(sandbox, canal) -> None:
    wish = _wish(canal)
    sandbox.control("canal", sold_out=True)
    asked = {"productId": wish["productId"], "optionId": wish["optionId"]}
    days = {"localDateStart": "2027-05-01", "localDateEnd": "2027-05-20"}
    for path in ("/availability", "/availability/calendar"):
        replies = canal.post(path, json={**asked, **days}).json()
        assert not any(item["available"] for item in replies)
        assert "SOLD_OUT" in {item["status"] for item in replies}
    assert canal.post("/bookings", json=wish).json()["error"] == "UNPROCESSABLE_ENTITY"


def test_prices_change_in_the_catalogue_and_in_the_slots(sandbox, canal) -> None:
    def lowest() -> int:
        return canal.get("/products").json()[0]["options"][0]["units"][0]["pricingFrom"][0]["retail"]

    before = lowest()
    sandbox.control("canal", price_change_percent=100)
    assert lowest() == pytest.approx(before * 2, abs=100)


def test_a_truncated_catalogue_has_a_tenth_of_the_products(sandbox, canal) -> None:
    whole = len(canal.get("/products").json())
    sandbox.control("canal", truncate_catalogue=True)
    assert len(canal.get("/products").json()) == whole // 10


def test_lies_are_told(sandbox, canal) -> None:
    sandbox.control("canal", lie="prices")
    assert canal.get("/products").json()[0]["options"][0]["units"][0]["pricingFrom"][0]["retail"] < 0
    sandbox.control("canal", lie="schema")
    assert "options" not in canal.get("/products").json()[0]
    sandbox.control("canal", lie="not_json")
    assert canal.get("/products").headers["content-type"].startswith("text/html")


def test_a_switch_that_does_not_exist_or_makes_no_sense_is_refused(sandbox) -> None:
    for switches in ({"is_sleepy": True}, {"error_rate": 7}, {"lie": "white"}, [1]):
        reply = httpx.post(f"{sandbox.base_url}/control/canal", json=switches)
        assert reply.status_code == 400
    assert httpx.get(f"{sandbox.base_url}/control/nobody").status_code == 404
    assert httpx.get(f"{sandbox.base_url}/control/canal").json()["is_down"] is False


def test_the_page_shows_the_switches_and_sets_them_by_form(sandbox) -> None:
    with httpx.Client(base_url=sandbox.base_url, follow_redirects=True) as browser:
        assert "Meridian Experiences" in browser.get("/").text
        page = browser.post("/control/meridian", data={"sold_out": "on", "price_change_percent": "12", "lie": ""})
        assert page.status_code == 200
        assert 'value="12"' in page.text
        assert browser.get("/control/meridian").json()["sold_out"] is True
        assert "<script" not in page.text


def test_an_advanced_clock_ends_holds(sandbox, canal) -> None:
    booking = canal.post("/bookings", json=_wish(canal)).json()
    sandbox.advance(1801)
    assert canal.get(f"/bookings/{booking['uuid']}").json()["status"] == "EXPIRED"


def test_two_sandboxes_do_not_share_keys() -> None:
    with run_sandbox(place_count=2) as one, run_sandbox(place_count=2) as other:
        stranger = one.connection("canal").model_copy(update={"url": other.connection("canal").url})
        with _client(stranger) as http:
            assert http.get("/products").json()["error"] == "FORBIDDEN"
