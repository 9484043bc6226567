"""A payment: the intent, its charges and the means it was paid with."""

from typing import ClassVar, Literal

from sandbox.stripe.objects.base import Json, StripeObject

NO_ADDRESS: Json = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}


class PaymentMethod(StripeObject):
    object: Literal["payment_method"] = "payment_method"
    allow_redisplay: str | None = "limited"
    billing_details: Json
    card: Json | None = None
    customer: str | None = None
    customer_account: str | None = None
    ideal: Json | None = None
    livemode: bool = False
    metadata: dict[str, str] = {}
    type: str

    def payload(self) -> Json:
        """Only the part of its own type is sent."""
        other = "ideal" if self.type == "card" else "card"
        return {name: value for name, value in super().payload().items() if name != other}


class PaymentIntent(StripeObject):
    """`session` is where it is paid; an authorisation that nobody captures ends at `capture_before`."""

    hidden: ClassVar[frozenset[str]] = frozenset({"session", "capture_before"})

    object: Literal["payment_intent"] = "payment_intent"
    session: str
    capture_before: int | None = None
    amount: int
    amount_capturable: int = 0
    amount_details: Json = {"tip": {}}
    amount_received: int = 0
    application: str | None = None
    application_fee_amount: int | None = None
    automatic_payment_methods: Json | None = None
    canceled_at: int | None = None
    cancellation_reason: str | None = None
    capture_method: str
    client_secret: str
    confirmation_method: str = "automatic"
    currency: str
    customer: str | None = None
    customer_account: str | None = None
    description: str | None = None
    excluded_payment_method_types: list[str] | None = None
    last_payment_error: Json | None = None
    latest_charge: str | None = None
    livemode: bool = False
    managed_payments: Json | None = {"enabled": False}
    metadata: dict[str, str] = {}
    next_action: Json | None = None
    on_behalf_of: str | None = None
    payment_method: str | None = None
    payment_method_configuration_details: Json | None = None
    payment_method_options: Json | None = {}
    payment_method_types: list[str]
    processing: Json | None = None
    receipt_email: str | None = None
    review: str | None = None
    setup_future_usage: str | None = None
    shipping: Json | None = None
    source: str | None = None
    statement_descriptor: str | None = None
    statement_descriptor_suffix: str | None = None
    status: str
    transfer_data: Json | None = None
    transfer_group: str | None = None

    @property
    def due_at(self) -> int | None:
        return self.capture_before if self.status == "requires_capture" else None


class Charge(StripeObject):
    object: Literal["charge"] = "charge"
    amount: int
    amount_captured: int = 0
    amount_refunded: int = 0
    application: str | None = None
    application_fee: str | None = None
    application_fee_amount: int | None = None
    balance_transaction: str | None = None
    billing_details: Json
    calculated_statement_descriptor: str | None = "TIQZY SANDBOX"
    captured: bool
    currency: str
    customer: str | None = None
    description: str | None = None
    disputed: bool = False
    failure_balance_transaction: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    fraud_details: Json | None = {}
    livemode: bool = False
    metadata: dict[str, str] = {}
    on_behalf_of: str | None = None
    outcome: Json | None
    paid: bool
    payment_intent: str
    payment_method: str
    payment_method_details: Json
    receipt_email: str | None = None
    receipt_number: str | None = None
    receipt_url: str | None = None
    refunded: bool = False
    review: str | None = None
    shipping: Json | None = None
    source: Json | None = None
    source_transfer: str | None = None
    statement_descriptor: str | None = None
    statement_descriptor_suffix: str | None = None
    status: str
    transfer_data: Json | None = None
    transfer_group: str | None = None

    @property
    def method(self) -> str:
        return str(self.payment_method_details["type"])

    @property
    def amount_refundable(self) -> int:
        return self.amount_captured - self.amount_refunded
