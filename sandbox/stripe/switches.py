"""What can be made to go wrong at Stripe, while it runs."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Webhooks(StrEnum):
    """How events are told. REORDERED gathers them for two seconds and tells the last one first."""

    NORMAL = ""
    NEVER = "never"
    DOUBLED = "doubled"
    REORDERED = "reordered"


class Switches(BaseModel):
    """All off by default. `refunds_fail_after_seconds` 0 means that they do not fail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    is_down: bool = False
    latency_seconds: float = Field(default=0, ge=0, le=600)
    error_rate: float = Field(default=0, ge=0, le=1)
    lose_reply_after_success: bool = False
    decline_everything: bool = False
    refunds_fail_after_seconds: int = Field(default=0, ge=0, le=2_592_000)
    webhooks: Webhooks = Webhooks.NORMAL
    webhook_delay_seconds: int = Field(default=0, ge=0, le=86_400)
