"""Sales that are to have happened long ago."""

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
