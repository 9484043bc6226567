"""A checkout session and what it sells."""

from typing import ClassVar, Literal

from sandbox.stripe.objects.base import Json, StripeObject


class LineItem(StripeObject):
    """`session` is whose it is."""

    hidden: ClassVar[frozenset[str]] = frozenset({"session", "created"})

    object: Literal["item"] = "item"
    session: str
    adjustable_quantity: Json | None = None
    amount_discount: int = 0
    amount_subtotal: int
    amount_tax: int = 0
    amount_total: int
    currency: str
    description: str
    metadata: dict[str, str] = {}
    price: Json
    quantity: int


class Session(StripeObject):
    """`intent_data` is what the session hands on to its payment intent."""

    hidden: ClassVar[frozenset[str]] = frozenset({"intent_data"})

    object: Literal["checkout.session"] = "checkout.session"
    intent_data: Json = {}
    adaptive_pricing: Json | None = {"enabled": False}
    after_expiration: Json | None = None
    allow_promotion_codes: bool | None = None
    amount_subtotal: int
    amount_total: int
    automatic_tax: Json = {"enabled": False, "liability": None, "provider": None, "status": None}
    billing_address_collection: str | None = None
    cancel_url: str | None = None
    client_reference_id: str | None = None
    client_secret: str | None = None
    collected_information: Json | None = None
    consent: Json | None = None
    consent_collection: Json | None = None
    currency: str
    currency_conversion: Json | None = None
    custom_fields: list[Json] = []
    custom_text: Json = {
        "after_submit": None,
        "shipping_address": None,
        "submit": None,
        "terms_of_service_acceptance": None,
    }
    customer: str | None = None
    customer_account: str | None = None
    customer_creation: str | None = "if_required"
    customer_details: Json | None = None
    customer_email: str | None = None
    discounts: list[Json] | None = []
    expires_at: int
    integration_identifier: str | None = None
    invoice: str | None = None
    invoice_creation: Json | None = {
        "enabled": False,
        "invoice_data": {
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": None,
            "metadata": {},
            "rendering_options": None,
        },
    }
    livemode: bool = False
    locale: str | None = None
    managed_payments: Json | None = {"enabled": False}
    metadata: dict[str, str] = {}
    mode: str = "payment"
    origin_context: str | None = None
    payment_intent: str | None = None
    payment_link: str | None = None
    payment_method_collection: str | None = "if_required"
    payment_method_configuration_details: Json | None = None
    payment_method_options: Json | None = {}
    payment_method_types: list[str]
    payment_status: str
    permissions: Json | None = None
    phone_number_collection: Json = {"enabled": False}
    recovered_from: str | None = None
    saved_payment_method_options: Json | None = None
    setup_intent: str | None = None
    shipping_address_collection: Json | None = None
    shipping_cost: Json | None = None
    shipping_options: list[Json] = []
    status: str
    submit_type: str | None = None
    subscription: str | None = None
    success_url: str
    total_details: Json | None = {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0}
    ui_mode: str | None = "hosted_page"
    url: str | None
    wallet_options: Json | None = None

    @property
    def due_at(self) -> int | None:
        return self.expires_at if self.status == "open" else None
