"""The ledger against the sale it is about. BookedOrder -> what must be booked, and what differs"""

from collections.abc import Callable, Iterator

from api.ledger.shapes import BookedItem, BookedOrder, BookedPayment, BookedRefund, Expected, Posted, PostingKey
from core.domain.ledger import (
    PAYOUT,
    UNDONE,
    Postings,
    goodwill_postings,
    payment_fee_postings,
    payout_postings,
    refund_postings,
    sale_postings,
    undone_postings,
    visit_postings,
)
from core.domain.sale import PaymentStatus, RefundReason

# The currency in which Stripe took its fee of a payment; None where it is not known.
FeeCurrency = Callable[[BookedPayment], str | None]


def wrong_postings(order: BookedOrder, fee_currency: FeeCurrency) -> Iterator[str]:
    """Row for row, both ways."""
    expected = expected_postings(order, fee_currency)
    for key in expected.keys() | order.postings.keys():
        due, booked = expected.get(key), order.postings.get(key)
        name = f"posting {key.account} of {key.entry}"
        if booked is None and due is not None:
            yield f"{name} is missing: {due.amount_minor} {due.currency}"
        elif due is None and booked is not None:
            yield f"{name} is booked without a reason: {booked.amount_minor} {booked.currency}"
        elif due != booked:
            yield f"{name} is booked as {booked}, and must be {due}"


def expected_postings(order: BookedOrder, fee_currency: FeeCurrency) -> Expected:
    """Every movement of the order as its items, payments and refunds tell it."""
    expected: dict[PostingKey, Posted] = {}
    for entry, postings, currency, order_item_id in _movements(order, fee_currency):
        for account, minor in postings.items():
            if minor:
                expected[PostingKey(entry, account)] = Posted(minor, currency, order_item_id)
    return expected


def _movements(order: BookedOrder, fee_currency: FeeCurrency) -> Iterator[tuple[str, Postings, str, str | None]]:
    items = {item.order_item_id: item for item in order.items}
    for item in order.items:
        if item.is_sold:
            yield f"sale:{item.order_item_id}", sale_postings(item.amounts), order.currency, item.order_item_id
        if item.is_visited:
            yield (
                f"visit:{item.order_item_id}",
                visit_postings(item.amounts.commission_minor),
                order.currency,
                item.order_item_id,
            )
        for entry, postings in _of_payouts(order, item):
            yield entry, postings, order.currency, item.order_item_id
    for refund in order.refunds:
        postings = _of_refund(refund, items[refund.order_item_id])
        yield f"refund:{refund.refund_id}", postings, order.currency, refund.order_item_id
    for payment in order.payments:
        if payment.status is PaymentStatus.CAPTURED and payment.fee_minor is not None:
            yield from _of_fee(order, payment, payment.fee_minor, fee_currency(payment) or order.currency)


def _of_payouts(order: BookedOrder, item: BookedItem) -> Iterator[tuple[str, Postings]]:
    """The payout that the item is in, and those that were undone: these name themselves, both ways or not at all."""
    entries = [key.entry.split(":") for key in order.postings]
    named = {entry[1] for entry in entries if entry[0] in (PAYOUT, UNDONE) and entry[-1] == item.order_item_id}
    if item.commission_payout_id is not None:
        named.add(item.commission_payout_id)
    paid = payout_postings(item.amounts.commission_minor)
    for payout_id in named:
        yield f"{PAYOUT}:{payout_id}:{item.order_item_id}", paid
        if payout_id != item.commission_payout_id:
            yield f"{UNDONE}:{payout_id}:{item.order_item_id}", undone_postings(paid)


def _of_refund(refund: BookedRefund, item: BookedItem) -> Postings:
    if refund.reason is RefundReason.GOODWILL:
        return goodwill_postings(item.amounts)
    return refund_postings(item.amounts)


def _of_fee(
    order: BookedOrder, payment: BookedPayment, charged: int, currency: str
) -> Iterator[tuple[str, Postings, str, None]]:
    """In two entries where Stripe's currency is not the buyer's: what was agreed and what it took never mix."""
    agreed = sum(item.amounts.payment_fee_minor for item in order.sold_for(payment))
    entry, is_same = f"payment-fee:{payment.payment_id}", currency == order.currency
    yield entry, payment_fee_postings(agreed, charged if is_same else 0), order.currency, None
    if not is_same:
        yield f"{entry}:{currency}", payment_fee_postings(0, charged), currency, None
