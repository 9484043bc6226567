"""What can be made to go wrong at a supplier, while it runs."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

# What a truncated catalogue keeps.
TRUNCATED_SHARE = 10


class Lie(StrEnum):
    """A reply that is delivered well and is wrong: in its shape, in its prices, or not JSON at all."""

    NONE = ""
    SCHEMA = "schema"
    PRICES = "prices"
    NOT_JSON = "not_json"


class Switches(BaseModel):
    """All off by default. `truncate_catalogue` keeps one product in ten; `lose_reply_after_success` is for bookings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    is_down: bool = False
    latency_seconds: float = Field(default=0, ge=0, le=600)
    error_rate: float = Field(default=0, ge=0, le=1)
    lose_reply_after_success: bool = False
    sold_out: bool = False
    price_change_percent: int = Field(default=0, ge=-99, le=1000)
    truncate_catalogue: bool = False
    lie: Lie = Lie.NONE

    @property
    def change_bps(self) -> int:
        return 10_000 + self.price_change_percent * 100
