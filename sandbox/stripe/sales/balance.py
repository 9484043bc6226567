"""What came in, what it cost, what went to the bank. Charge, Refund -> BalanceTransaction, Payout"""

from collections import defaultdict

from sandbox.stripe.account import Account
from sandbox.stripe.currencies import fee
from sandbox.stripe.identity import object_id
from sandbox.stripe.objects.money import BalanceTransaction, Payout, Refund
from sandbox.stripe.objects.payment import Charge
from sandbox.stripe.published import AVAILABLE_DAYS, DAY


def book_charge(account: Account, charge: Charge) -> None:
    """Pending for some days; the fee is taken of what was captured."""
    cost = fee(charge.amount_captured, charge.currency, charge.method)
    available_on = _midnight(account.now(), AVAILABLE_DAYS)
    transaction = BalanceTransaction(
        id=account.new_id("txn"),
        created=account.now(),
        payout_at=available_on,
        amount=charge.amount_captured,
        available_on=available_on,
        currency=charge.currency,
        description=charge.description,
        fee=cost,
        fee_details=[
            {
                "amount": cost,
                "application": None,
                "currency": charge.currency,
                "description": "Stripe processing fees",
                "type": "stripe_fee",
            }
        ],
        net=charge.amount_captured - cost,
        reporting_category="charge",
        source=charge.id,
        status="pending",
        type="charge" if charge.method == "card" else "payment",
    )
    charge.balance_transaction = transaction.id
    account.store.put(transaction)


def book_refund(account: Account, refund: Refund, *, is_failure: bool = False) -> str:
    """Out of the balance at once, or back into it when the refund failed; the id of what was booked."""
    by_card = refund.id.startswith("re_")
    signed = refund.amount if is_failure else -refund.amount
    transaction = BalanceTransaction(
        id=account.new_id("txn"),
        created=account.now(),
        payout_at=_midnight(account.now(), 1),
        amount=signed,
        available_on=account.now(),
        currency=refund.currency,
        description="REFUND FAILURE" if is_failure else "REFUND FOR CHARGE",
        net=signed,
        reporting_category="refund_failure" if is_failure else "refund",
        source=refund.id,
        status="available",
        type="refund_failure" if is_failure else ("refund" if by_card else "payment_refund"),
    )
    account.store.put(transaction)
    return transaction.id


def pay_out(account: Account, due: list[BalanceTransaction]) -> None:
    """One payout per currency and midnight; a balance that is not positive waits for the next."""
    by_currency: dict[str, list[BalanceTransaction]] = defaultdict(list)
    for transaction in due:
        by_currency[transaction.currency].append(transaction)
    for currency, transactions in by_currency.items():
        amount = sum(transaction.net for transaction in transactions)
        payout = _payout(account, currency, amount) if amount > 0 else None
        for transaction in transactions:
            transaction.status = "available"
            transaction.payout = payout.id if payout else None
            transaction.payout_at = account.now() + DAY
            account.store.put(transaction)


def arrive(account: Account, due: list[Payout]) -> None:
    for payout in due:
        payout.status = "paid"
        account.tell("payout.paid", payout)


def _payout(account: Account, currency: str, amount: int) -> Payout:
    now = account.now()
    payout = Payout(
        id=account.new_id("po"),
        created=now,
        amount=amount,
        arrival_date=now + DAY,
        currency=currency,
        destination=object_id("ba", account.seed),
        status="in_transit",
    )
    transaction = BalanceTransaction(
        id=account.new_id("txn"),
        created=now,
        payout=payout.id,
        amount=-amount,
        available_on=now,
        currency=currency,
        description=payout.description,
        net=-amount,
        reporting_category="payout",
        source=payout.id,
        status="available",
        type="payout",
    )
    account.store.put(transaction)
    payout.balance_transaction = transaction.id
    account.tell("payout.created", payout)
    account.tell("payout.reconciliation_completed", payout)
    return payout


def _midnight(moment: int, days: int) -> int:
    """The UTC midnight that ends the day so many days on."""
    return (moment // DAY + days) * DAY
