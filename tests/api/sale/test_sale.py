"""A sale from the hold to tickets or money back, whatever the provider and Stripe do in between."""

from core.domain.sale import ItemState, OrderStatus


async def test_what_is_paid_is_issued_and_booked(desk):
    key, _ = await desk.paid()
    await desk.settle(key)
    assert await desk.settled(key) == (OrderStatus.DONE, [ItemState.CONFIRMED])
    assert desk.rows("SELECT count(*) FROM ticket")[0][0] >= 2
    ledger = desk.ledger(key)
    assert sum(ledger.values()) == 0
    assert ledger["BUYER"] < 0 < ledger["PROVIDER"]
    print(ledger)
