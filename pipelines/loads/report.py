"""What a load did."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Rows written per table, and when the source was asked."""

    rows: dict[str, int]
    fetched_at: datetime
