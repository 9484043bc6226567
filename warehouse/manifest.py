"""What a published release says of itself. warehouse.publish writes it, readers follow it."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Dataset(StrEnum):
    """A set of marts that is built, audited and published together; also the schema its models live in."""

    CATALOG = "catalog"
    SALES = "sales"


# Raised when a column is dropped or changes its meaning; a reader that knows less keeps its older release.
SCHEMA_VERSIONS = {Dataset.CATALOG: 1, Dataset.SALES: 1}


class SourceAge(BaseModel):
    """When each kind of fact was last read from one connection; None where it never was."""

    model_config = ConfigDict(frozen=True)

    catalogue_read_at: datetime | None = None
    days_read_at: datetime | None = None
    slots_read_at: datetime | None = None


class Manifest(BaseModel):
    """One release. `version` sorts by time; `file` is its name beside the manifest; `sources` by connection id.

    `read_to` is the number of the shop's newest read whose every touched day is in it (`shop.reads.read_id`).
    """

    model_config = ConfigDict(frozen=True)

    dataset: Dataset
    version: str
    schema_version: int
    file: str
    bytes: int
    sha256: str
    row_counts: dict[str, int]
    sources: dict[str, SourceAge]
    read_to: int | None = None
    built_at: datetime
    published_at: datetime
