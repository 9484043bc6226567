"""What can be made to go wrong at the mail server, while it runs."""

from pydantic import BaseModel, ConfigDict, Field


class Switches(BaseModel):
    """All off by default. Refusing answers 550 to every recipient, postponing 451."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    is_refusing: bool = False
    is_postponing: bool = False
    latency_seconds: float = Field(default=0, ge=0, le=600)
