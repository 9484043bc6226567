"""Sales that are to have happened long ago."""

import json

import httpx

from tests.fixtures.sandbox import RunningSandbox
from tests.sandbox.stripe.shopkeeper import pay

DAY = 86_400


def test_history_is_replayed_at_its_own_time(shop) -> None:
    now = shop.session().created
    then = (now // DAY - 100) * DAY + 600
    for moment in (then, then + 3_600):
        headers = {"Sandbox-Now": str(moment)}
        session = shop.session(options={"headers": headers})
        pay(session.url, **headers)
    charges = shop.api.charges.list().data
    assert [charge.created for charge in charges] == [then + 3_600, then]
    shop.session(options={"headers": {"Sandbox-Now": str(then + 9 * DAY)}})
    [payout] = shop.api.payouts.list({"created": {"lt": now}}).data
    assert (payout.created, payout.amount) == ((then // DAY + 3) * DAY, 2 * (2500 - 63))
    assert shop.api.events.list({"type": "charge.succeeded"}).data == []
    assert shop.api.checkout.sessions.list({"limit": 1}).data[0].created == now


def _line(ref: str, moment: int, *, method: str = "card", back: int = 0) -> bytes:
    price = {"currency": "eur", "unit_amount": 2500, "product_data": {"name": "Canal tour"}}
    session = {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": "https://shop.example/done",
        "expires_at": moment + 1860,
    }
    refunds = [{"at": moment + 7_200, "amount": back, "metadata": {"refund_id": "rfd_1"}}] if back else []
    sale = {"ref": ref, "opened_at": moment, "paid_at": moment + 60, "session": session, "method": method}
    return json.dumps(sale | {"name": "Ada Lovelace", "email": "ada@buyer.example", "refunds": refunds}).encode()


def _make(sandbox: RunningSandbox, *lines: bytes) -> httpx.Response:
    return httpx.post(f"{sandbox.base_url}/control/stripe/history", content=b"\n".join(lines), timeout=30)


def test_history_in_bulk_is_what_the_pages_would_have_made_and_is_made_once(shop, sandbox) -> None:
    then = (shop.session().created // DAY - 20) * DAY + 600
    lines = [_line("pay_1", then), _line("pay_2", then + 5, method="ideal", back=700)]
    before = len(list(shop.api.charges.list().auto_paging_iter()))
    answer = _make(sandbox, *lines)
    first, second = (json.loads(line)["session"] for line in answer.content.splitlines())
    assert _make(sandbox, *lines).content == answer.content
    charges = list(shop.api.charges.list().auto_paging_iter())
    assert len(charges) == before + 2
    assert [first["created"], first["status"], first["payment_status"]] == [then, "complete", "paid"]
    charge = second["payment_intent"]["latest_charge"]
    assert [charge["created"], charge["balance_transaction"]["fee"], charge["amount_refunded"]] == [then + 65, 29, 700]
    [refund] = charge["refunds"]["data"]
    assert (refund["created"], refund["metadata"]) == (then + 7_205, {"refund_id": "rfd_1"})
    assert shop.api.events.list({"created": {"lt": then + DAY}}).data == []


def test_history_that_cannot_have_been_makes_nothing(shop, sandbox) -> None:
    now = shop.session().created
    before = len(list(shop.api.charges.list().auto_paging_iter()))
    assert _make(sandbox, _line("pay_3", now - DAY), _line("pay_4", now + DAY)).status_code == httpx.codes.BAD_REQUEST
    assert _make(sandbox, _line("pay_5", now - DAY, back=2501)).status_code == httpx.codes.BAD_REQUEST
    assert len(list(shop.api.charges.list().auto_paging_iter())) == before
