"""What happens to money after a payment: refunds, balance transactions, payouts."""

from typing import ClassVar, Literal

from sandbox.stripe.objects.base import Json, StripeObject


class Refund(StripeObject):
    """`fails_at`: a bank sends the money back then; only the switch sets it."""

    hidden: ClassVar[frozenset[str]] = frozenset({"fails_at"})

    object: Literal["refund"] = "refund"
    fails_at: int | None = None
    amount: int
    balance_transaction: str | None = None
    charge: str
    currency: str
    customer: str | None = None
    customer_account: str | None = None
    destination_details: Json
    failure_balance_transaction: str | None = None
    failure_reason: str | None = None
    metadata: dict[str, str] = {}
    payment_intent: str
    payment_method: str | None = None
    reason: str | None = None
    receipt_number: str | None = None
    source_transfer_reversal: str | None = None
    status: str
    transfer_reversal: str | None = None

    @property
    def due_at(self) -> int | None:
        return self.fails_at if self.status == "succeeded" else None

    def payload(self) -> Json:
        """A refund that did not fail says nothing about failing."""
        failure = {"failure_balance_transaction", "failure_reason"}
        return {name: value for name, value in super().payload().items() if value is not None or name not in failure}


class BalanceTransaction(StripeObject):
    """`payout` is the payout that took it to the bank, `payout_at` the midnight of the next that can."""

    hidden: ClassVar[frozenset[str]] = frozenset({"payout", "payout_at"})

    object: Literal["balance_transaction"] = "balance_transaction"
    payout: str | None = None
    payout_at: int | None = None
    amount: int
    available_on: int
    balance_type: str = "payments"
    currency: str
    description: str | None = None
    exchange_rate: float | None = None
    fee: int = 0
    fee_details: list[Json] = []
    net: int
    reporting_category: str
    source: str
    status: str
    type: str

    @property
    def due_at(self) -> int | None:
        return None if self.payout else self.payout_at


class Payout(StripeObject):
    object: Literal["payout"] = "payout"
    amount: int
    application_fee: str | None = None
    application_fee_amount: int | None = None
    arrival_date: int
    automatic: bool = True
    balance_transaction: str | None = None
    currency: str
    description: str | None = "STRIPE PAYOUT"
    destination: str | None = None
    failure_balance_transaction: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    livemode: bool = False
    metadata: dict[str, str] = {}
    method: str = "standard"
    original_payout: str | None = None
    payout_method: str | None = None
    reconciliation_status: str = "completed"
    reversed_by: str | None = None
    source_type: str = "card"
    statement_descriptor: str | None = None
    status: str
    trace_id: Json | None = None
    type: str = "bank_account"

    @property
    def due_at(self) -> int | None:
        return self.arrival_date if self.status == "in_transit" else None
