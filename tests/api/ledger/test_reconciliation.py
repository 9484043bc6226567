"""Ledger, sales and Stripe agree, and no single row or object can go missing unnoticed."""

from core.domain.sale import OrderStatus


async def test_sales_of_every_kind_agree(books):
    assert await books.differences() == set()
    states = {name: (await books.desk.states(key))[0] for name, key in books.sold.items()}
    assert len({one["currency"] for one in books.postings()}) > 1
    assert set(states.values()) <= {OrderStatus.DONE, OrderStatus.OPEN, OrderStatus.EXPIRED}, states


async def test_each_posting_that_is_lost_is_named(books):
    for posting in books.postings():
        with books.without_posting(posting):
            [difference] = await books.differences()
        expected = f"{posting['order_id']}: posting {posting['account']} of {posting['entry']} is missing"
        assert difference.startswith(expected)
    assert await books.differences() == set()


async def test_each_object_that_stripe_loses_is_named(books):
    everything, orders = books.objects(), {key.order_id for key in books.sold.values()}
    kinds = {one.object for one in everything.values()}
    assert kinds == {"checkout.session", "payment_intent", "charge", "refund", "balance_transaction"}
    for object_id in everything:
        with books.without_object(object_id):
            differences = await books.differences()
        named = [one for one in differences if object_id in one]
        assert any(one.partition(":")[0] in orders for one in named), (object_id, differences)
    assert await books.differences() == set()
