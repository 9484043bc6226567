"""Whether every promise was kept. our database, the suppliers, Stripe -> what is broken, one sentence each"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import psycopg
from psycopg.rows import dict_row

from core.db.addresses import Database, database_url
from tests.fixtures.sales import Desk
from tests.guarantee import outside
from tests.guarantee.outside import TheirPayment

Row = dict[str, object]

ORDERS = "SELECT * FROM shop_order"
ITEMS = """
  SELECT i.*, o.reference || '-' || i.ordinal AS their_reference,
    (SELECT sum(l.asked_minor) FROM order_line AS l WHERE l.order_item_id = i.order_item_id)::int AS asked_minor,
    (SELECT count(*) FROM ticket AS t WHERE t.order_item_id = i.order_item_id) AS tickets,
    r.refund_id, r.amount_minor AS refund_minor, r.status AS refund_status, r.reason AS refund_reason
  FROM order_item AS i JOIN shop_order AS o USING (order_id) LEFT JOIN refund AS r USING (order_item_id)
"""
LEDGER = "SELECT order_id, account, currency, sum(amount_minor)::int AS minor FROM ledger_posting GROUP BY 1, 2, 3"
CONFIRMATIONS = "SELECT order_id, count(*) AS mails FROM mail WHERE kind = 'CONFIRMATION' GROUP BY 1"
LOST_JOBS = "SELECT id, task_name, status FROM procrastinate_jobs WHERE status NOT IN ('succeeded', 'todo')"

ISSUED = {"CONFIRMED", "REDEEMED"}


class Audit:
    """Reads everything once, when all is at rest."""

    def __init__(self, desk: Desk) -> None:
        with psycopg.connect(database_url(Database.SHOP, desk.platform.settings), row_factory=dict_row) as connection:
            connection.execute("SELECT set_config('tiqzy.reseller_id', %s, false)", [desk.shop.reseller_id])

            def read(query: str) -> list[Row]:
                return connection.execute(query).fetchall()

            self.orders, self.items = read(ORDERS), read(ITEMS)
            self.ledger, self.lost_jobs = read(LEDGER), read(LOST_JOBS)
            self.mails = {row["order_id"]: row["mails"] for row in read(CONFIRMATIONS)}
        self.bookings = outside.bookings(desk.sandbox)
        self.payments: dict[str, list[TheirPayment]] = defaultdict(list)
        for payment in outside.payments(desk.sandbox):
            self.payments[payment.order_id].append(payment)

    def broken(self) -> list[str]:
        checks = (self._orders, self._items, self._orphans, self._refunds, self._books, self._mails, self._queue)
        return [sentence for check in checks for sentence in check()]

    def _orders(self) -> Iterator[str]:
        for order in self.orders:
            if order["status"] in {"PAYING", "PAID"}:
                yield f"{order['order_id']} is still {order['status']}"
            if len(self.payments[order["order_id"]]) > 1:
                yield f"{order['order_id']} was paid more than once"

    def _items(self) -> Iterator[str]:
        """A sold item has tickets that its supplier has too, or its full amount on its way back; never both."""
        theirs = {booking.booking_uuid: booking.status for booking in self.bookings}
        for item in self.items:
            name = item["order_item_id"]
            status = theirs.get(item["booking_uuid"])
            if item["state"] in ISSUED:
                if item["sold_at"] is None:
                    yield f"{name} has tickets that nobody paid for"
                if status not in ISSUED or not item["tickets"]:
                    yield f"{name} has {item['tickets']} tickets and is {status} at its supplier"
                if item["refund_id"] is not None:
                    yield f"{name} has tickets and a refund"
            elif item["sold_at"] is not None and item["refund_minor"] != item["asked_minor"]:
                yield f"{name} is {item['state']}, cost {item['asked_minor']} and got {item['refund_minor']} back"

    def _orphans(self) -> Iterator[str]:
        owned = {item["booking_uuid"] for item in self.items if item["state"] in ISSUED}
        for booking in self.bookings:
            if booking.takes_places and booking.booking_uuid not in owned:
                yield f"nobody owns {booking}"

    def _refunds(self) -> Iterator[str]:
        """Each of ours that is not of nothing is at Stripe once, in full, and Stripe has no other."""
        arrived = Counter(
            (refund.refund_id, refund.amount)
            for payments in self.payments.values()
            for payment in payments
            for refund in payment.refunds
            if refund.arrives
        )
        ours = Counter((item["refund_id"], item["refund_minor"]) for item in self.items if item["refund_minor"])
        for refund in (arrived - ours).elements():
            yield f"Stripe gave back what we know nothing of: {refund}"
        for refund in (ours - arrived).elements():
            yield f"Stripe has not given back {refund}"

    def _books(self) -> Iterator[str]:
        total: Counter[tuple[object, object]] = Counter()
        by_account: Counter[tuple[object, object]] = Counter()
        for row in self.ledger:
            total[row["order_id"], row["currency"]] += row["minor"]
            by_account[row["order_id"], row["account"]] += row["minor"]
        for (order_id, currency), minor in total.items():
            if minor:
                yield f"the ledger of {order_id} is {minor} {currency} off"
        for order in self.orders:
            payments = self.payments[order["order_id"]]
            kept = sum(payment.captured - payment.given_back for payment in payments)
            fees = sum(payment.fee for payment in payments)
            for account, expected in (("BUYER", -kept), ("PAYMENT_FEE", fees)):
                booked = by_account[order["order_id"], account]
                if booked != expected:
                    yield f"{account} of {order['order_id']} is booked as {booked}, and is {expected} at Stripe"

    def _mails(self) -> Iterator[str]:
        had_tickets = {item["order_id"] for item in self.items if item["confirmed_at"] and item["sold_at"]}
        for order in self.orders:
            expected = int(order["order_id"] in had_tickets)
            if self.mails.get(order["order_id"], 0) != expected:
                yield f"{order['order_id']} has {self.mails.get(order['order_id'])} confirmations instead of {expected}"

    def _queue(self) -> Iterator[str]:
        for job in self.lost_jobs:
            yield f"job {job}"
