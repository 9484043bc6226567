"""What a caller may ask for, field by field. Decoded parameters -> calls"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sandbox.stripe.errors import InvalidRequest, NotYetHere
from sandbox.stripe.objects.base import Json

METADATA_MOST = 50
Metadata = Annotated[
    dict[Annotated[str, StringConstraints(max_length=40)], Annotated[str, StringConstraints(max_length=500)]],
    Field(max_length=METADATA_MOST),
]
CaptureMethod = Literal["automatic", "automatic_async", "manual"]
Method = Literal["card", "ideal"]
# Parameters of parts that come later, with the part they belong to.
LATER = {
    "application_fee_amount": "Connect",
    "on_behalf_of": "Connect",
    "transfer_data": "Connect",
    "transfer_group": "Connect",
    "refund_application_fee": "Connect",
    "reverse_transfer": "Connect",
}


class Call(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProductData(Call):
    name: str = Field(min_length=1)
    description: str | None = None
    images: list[str] = Field(default=[], max_length=8)
    metadata: Metadata = {}


class PriceData(Call):
    currency: str
    unit_amount: int = Field(ge=0, le=99_999_999)
    product_data: ProductData
    tax_behavior: Literal["exclusive", "inclusive", "unspecified"] = "unspecified"


class ItemCall(Call):
    price_data: PriceData
    quantity: int = Field(default=1, ge=1)
    metadata: Metadata = {}


class IntentData(Call):
    capture_method: CaptureMethod = "automatic_async"
    description: str | None = None
    metadata: Metadata = {}
    receipt_email: str | None = None
    statement_descriptor: str | None = Field(default=None, max_length=22)
    statement_descriptor_suffix: str | None = Field(default=None, max_length=22)


class CardOptions(Call):
    capture_method: Literal["manual"] | None = None
    request_three_d_secure: Literal["any", "automatic", "challenge"] = "automatic"


class MethodOptions(Call):
    card: CardOptions = CardOptions()


class SessionCall(Call):
    """Of all modes payment alone."""

    mode: Literal["payment"]
    line_items: list[ItemCall] = Field(min_length=1, max_length=100)
    success_url: str = Field(pattern=r"^https?://", max_length=5_000)
    cancel_url: str | None = Field(default=None, pattern=r"^https?://", max_length=5_000)
    client_reference_id: str | None = Field(default=None, max_length=200)
    customer_email: str | None = Field(default=None, max_length=800)
    expires_at: int | None = None
    locale: str | None = None
    metadata: Metadata = {}
    payment_intent_data: IntentData = IntentData()
    payment_method_options: MethodOptions = MethodOptions()
    # A filter over what the payment allows; `payment_method_types` went with 2026-09-30.endive.
    allowed_payment_method_types: list[Method] = []
    submit_type: Literal["auto", "book", "donate", "pay"] | None = None
    ui_mode: Literal["hosted_page"] = "hosted_page"


class CaptureCall(Call):
    amount_to_capture: int | None = Field(default=None, ge=1)


class CancelCall(Call):
    cancellation_reason: Literal["abandoned", "duplicate", "fraudulent", "requested_by_customer"] | None = None


class RefundCall(Call):
    amount: int | None = None
    charge: str | None = None
    metadata: Metadata = {}
    payment_intent: str | None = None
    reason: Literal["duplicate", "fraudulent", "requested_by_customer"] | None = None


class NoCall(Call):
    """Nothing can be said."""


def refuse_later(params: Json, *above: str) -> None:
    """NotYetHere for the first parameter of a part that is still to come."""
    for name, value in params.items():
        if name in LATER:
            raise NotYetHere(LATER[name], param=bracketed((*above, name)))
        if isinstance(value, dict) and name != "metadata":
            refuse_later(value, *above, name)


def bracketed(path: tuple[int | str, ...]) -> str:
    """`line_items[0][quantity]`, as Stripe names a nested parameter."""
    first, *rest = path or ("body",)
    return f"{first}{''.join(f'[{step}]' for step in rest)}"


def malformed(kind: str, path: tuple[int | str, ...], message: str) -> InvalidRequest:
    """Stripe's words for what the validation found."""
    param = bracketed(path)
    if kind == "missing":
        return InvalidRequest(f"Missing required param: {param}.", code="parameter_missing", param=param)
    if kind == "extra_forbidden":
        return InvalidRequest(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)
    if kind.startswith("int_"):
        return InvalidRequest(f"Invalid integer: {param}", code="parameter_invalid_integer", param=param)
    return InvalidRequest(f"Invalid {param}: {message}", param=param)
