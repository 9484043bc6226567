"""The pages of our own people: who gets in, what they see, what they set going."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import psycopg
import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.app import Application
from api.sale.shapes import OrderKey
from core.db.addresses import Database, database_url
from core.domain.sale import RefundStatus
from tests.fixtures.accounts import PASSWORD, PASSWORD_HASH
from tests.fixtures.sales import Desk

ORIGIN = "http://localhost"
FIELD = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
STAFF, ANALYST = "staff@tiqzy.example", "analyst@tiqzy.example"


@dataclass
class Colleague:
    desk: Desk
    client: AsyncClient

    async def sign_in(self, email: str = STAFF) -> None:
        await self.client.get("/sign-in")
        form = {"email": email, "password": PASSWORD, "form_token": self.client.cookies["tiqzy_form"]}
        assert (await self.client.post("/sign-in", data=form)).status_code == 303

    async def order(self, key: OrderKey) -> str:
        answer = await self.client.get(f"/staff/orders/{self.reference(key)}")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def press(self, key: OrderKey, button: str, **fields: str) -> Response:
        form = {"form_token": self.client.cookies["tiqzy_form"]} | fields
        return await self.client.post(f"/staff/orders/{self.reference(key)}/{button}", data=form)

    def reference(self, key: OrderKey) -> str:
        return str(self.desk.rows("SELECT reference FROM shop_order WHERE order_id = %s", key.order_id)[0][0])


@pytest.fixture(scope="module")
def _people(desk_settings) -> None:
    with psycopg.connect(database_url(Database.SHOP, desk_settings)) as connection:
        for email, role in ((STAFF, "STAFF"), (ANALYST, "ANALYST")):
            connection.execute(
                "INSERT INTO account (account_id, email, password_hash, role) VALUES (%s, %s, %s, %s)",
                [f"acc_{role}", email, PASSWORD_HASH, role],
            )


@pytest.fixture
async def colleague(desk, _people) -> AsyncIterator[Colleague]:
    transport = ASGITransport(Application(desk.platform))
    async with AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Colleague(desk, client)


async def test_strangers_are_sent_to_the_door_and_others_find_nothing(colleague):
    answer = await colleague.client.get("/staff")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?return_to=%2Fstaff")
    await colleague.sign_in(ANALYST)
    assert (await colleague.client.get("/staff")).status_code == 404
    assert (await colleague.client.get("/staff/orders/TQ-1")).status_code == 404


async def test_a_paid_sale_that_is_not_done_is_shown_without_its_buyer(colleague):
    await colleague.sign_in()
    key, _ = await colleague.desk.paid()
    colleague.desk.sandbox.control(colleague.desk.on_sale.connection_id, is_down=True)
    await colleague.desk.settle(key)
    colleague.desk.time.pass_by(minutes=3)
    page = (await colleague.client.get("/staff")).text
    assert colleague.reference(key) in page
    assert "Lovelace" not in page
    assert "TIQZY_SMTP_URL is not set" in page


async def test_an_orders_page_tells_its_whole_story(colleague):
    await colleague.sign_in()
    key, _ = await colleague.desk.paid()
    await colleague.desk.settle(key)
    page = await colleague.order(key)
    for told in ("Ada Lovelace", "Payment CAPTURED", "tickets issued", "Mail owed: CONFIRMATION", "Commission booked"):
        assert told in page
    found = await colleague.client.get("/staff/orders", params={"reference": colleague.reference(key).lower()})
    assert found.headers["location"] == f"/staff/orders/{colleague.reference(key)}"


async def test_money_is_given_back_once_and_with_a_reason(colleague):
    await colleague.sign_in()
    key, [item] = await colleague.desk.paid()
    await colleague.desk.settle(key)
    await colleague.order(key)
    assert (await colleague.press(key, f"items/{item}/refund")).status_code == 400
    assert (await colleague.press(key, f"items/{item}/refund", why="OTHER")).status_code == 400
    note = {"why": "OUR_MISTAKE", "note": "The photo showed the <other> tower"}
    assert (await colleague.press(key, f"items/{item}/refund", **note)).status_code == 303
    assert (await colleague.press(key, f"items/{item}/refund", why="OUR_MISTAKE")).status_code == 409
    await colleague.desk.settle(key)
    refunds = colleague.desk.rows("SELECT status, reason FROM refund WHERE order_id = %s", key.order_id)
    assert refunds == [(RefundStatus.SUCCEEDED, "GOODWILL")]
    told = "attempt 1, We had shown something wrong, The photo showed the &lt;other&gt; tower"
    assert told in await colleague.order(key)


async def test_looking_again_asks_anew_for_a_refund_that_failed_too_often(colleague):
    await colleague.sign_in()
    desk = colleague.desk
    desk.sandbox.control("stripe", refunds_fail_after_seconds=60)
    key, [item] = await desk.paid()
    await desk.settle(key)
    await colleague.order(key)
    await colleague.press(key, f"items/{item}/refund", why="OUR_MISTAKE")
    await desk.settle(key)
    desk.rows("UPDATE refund SET attempt = 5 WHERE order_id = %s RETURNING 1", key.order_id)
    desk.time.pass_by(minutes=2)
    desk.sandbox.control("stripe", refunds_fail_after_seconds=0)
    for _ in range(2):
        await desk.settle(key)
        assert desk.rows("SELECT status FROM refund WHERE order_id = %s", key.order_id) == [(RefundStatus.FAILED,)]
    assert "refund failed" in (await colleague.client.get("/staff")).text
    assert (await colleague.press(key, "wake")).status_code == 303
    await desk.work()
    refunds = desk.rows("SELECT status, attempt FROM refund WHERE order_id = %s", key.order_id)
    assert refunds == [(RefundStatus.SUCCEEDED, 6)]


async def test_commission_that_is_owed_is_recorded_as_paid_and_undone(colleague):
    await colleague.sign_in()
    key, _ = await colleague.desk.paid()
    await colleague.desk.settle(key)
    colleague.desk.time.pass_by(days=40)
    await colleague.desk.work()
    # The sign-in has ended meanwhile.
    await colleague.sign_in()
    page = (await colleague.client.get("/staff/commission")).text
    form = dict(FIELD.findall(page)) | {"reference": "Transfer 7"}
    # Of this sale, and of what else was sold here and visited.
    assert int(form["amount_minor"]) >= colleague.desk.ledger(key)["COMMISSION_VISITED"] > 0
    address = f"/staff/commission/{key.reseller_id}"
    assert (await colleague.client.post(address, data=form | {"form_token": "guessed"})).status_code == 403
    for wrong, status in (({"reference": " "}, 400), ({"amount_minor": "1"}, 409)):
        answer = await colleague.client.post(address, data=form | wrong)
        assert answer.status_code == status
        assert 'role="alert"' in answer.text
        # What is owed is there to be recorded.
        assert dict(FIELD.findall(answer.text))["amount_minor"] == form["amount_minor"]
    for _ in range(2):
        assert (await colleague.client.post(address, data=form)).status_code == 303
    assert "COMMISSION_VISITED" not in colleague.desk.ledger(key)
    page = (await colleague.client.get("/staff/commission")).text
    assert "Nothing is owed." in page
    assert "Transfer 7" in page
    assert (await colleague.client.post(f"{address}/{form['payout_id']}/undo", data=form)).status_code == 303
    assert "undone" in (await colleague.client.get("/staff/commission")).text
    again = await colleague.client.post(address, data=form)
    assert (again.status_code, "This payout was undone" in again.text) == (409, True)


async def test_a_form_that_is_not_ours_changes_nothing(colleague):
    await colleague.sign_in()
    key, _ = await colleague.desk.paid()
    assert (await colleague.press(key, "wake", form_token="guessed")).status_code == 403


async def test_looking_again_settles_a_sale(colleague):
    await colleague.sign_in()
    key, _ = await colleague.desk.paid()
    await colleague.order(key)
    assert (await colleague.press(key, "wake")).status_code == 303
    await colleague.desk.work()
    assert (await colleague.desk.states(key))[0] == "DONE"


async def test_a_job_that_waits_to_be_tried_again_is_hurried(colleague):
    await colleague.sign_in()
    key, _ = await colleague.desk.paid()
    await colleague.desk.settle(key)
    await colleague.desk.work()  # no mail server is set, so the mail's job fails and waits
    query = """
        SELECT id FROM procrastinate_jobs JOIN mail ON args ->> 'mail_id' = mail_id
        WHERE task_name = 'send_mail' AND order_id = %s
    """
    [(job_id,)] = colleague.desk.rows(query, key.order_id)
    assert f"/staff/jobs/{job_id}/retry" in (await colleague.client.get("/staff")).text
    form = {"form_token": colleague.client.cookies["tiqzy_form"]}
    assert (await colleague.client.post(f"/staff/jobs/{job_id}/retry", data=form)).status_code == 303
    assert colleague.desk.rows("SELECT scheduled_at FROM procrastinate_jobs WHERE id = %s", job_id) == [(None,)]
