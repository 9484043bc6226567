"""Lists: newest first, page by page, narrowed."""

import pytest
import stripe


def test_pages_follow_each_other_both_ways(shop) -> None:
    made = [shop.session().id for _ in range(5)][::-1]
    sessions = shop.api.checkout.sessions
    first = sessions.list({"limit": 2})
    assert ([item.id for item in first.data], first.has_more) == (made[:2], True)
    last = sessions.list({"limit": 3, "starting_after": made[1]})
    assert ([item.id for item in last.data], last.has_more) == (made[2:], False)
    back = sessions.list({"limit": 2, "ending_before": made[3]})
    assert ([item.id for item in back.data], back.has_more) == (made[1:3], True)
    assert [item.id for item in sessions.list({"limit": 2}).auto_paging_iter()] == made
    for wrong in ({"limit": 101}, {"limit": 0}, {"starting_after": "cs_nobody"}):
        with pytest.raises(stripe.InvalidRequestError):
            sessions.list(wrong)


def test_times_narrow_a_list(shop, sandbox) -> None:
    early = shop.paid()
    sandbox.advance(100)
    late = shop.paid()
    sessions = shop.api.checkout.sessions
    for created, expected in (
        ({"gt": early.created}, [late]),
        ({"gte": early.created}, [late, early]),
        ({"lt": late.created}, [early]),
        ({"gte": early.created, "lte": early.created}, [early]),
        (late.created, [late]),
    ):
        assert [item.id for item in sessions.list({"created": created}).data] == [item.id for item in expected]


def test_fields_narrow_a_list(shop) -> None:
    one, other = shop.paid(), shop.paid()
    shop.session()
    shop.api.refunds.create({"payment_intent": one.payment_intent, "amount": 100})
    assert len(shop.api.checkout.sessions.list({"status": "open"}).data) == 1
    assert [item.id for item in shop.api.checkout.sessions.list({"payment_intent": one.payment_intent}).data] == [
        one.id
    ]
    charges = shop.api.charges.list({"payment_intent": other.payment_intent, "expand": ["data.balance_transaction"]})
    assert [item.balance_transaction.amount for item in charges.data] == [2500]
    assert shop.api.refunds.list({"payment_intent": other.payment_intent}).data == []
    assert len(shop.api.events.list({"type": "charge.refunded"}).data) == 1


def test_events_are_forgotten_after_thirty_days(shop, sandbox) -> None:
    shop.paid()
    assert shop.api.events.list({"type": "charge.succeeded"}).data
    sandbox.advance(31 * 86_400)
    assert shop.api.events.list({"type": "charge.succeeded"}).data == []
    assert len(shop.api.charges.list().data) == 1
