"""What every table of the shop database shares."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, DateTime, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import UserDefinedType


class Table(DeclarativeBase):
    """Every table that has a `reseller_id` is a tenant's and has row-level security (docs/decisions/0010)."""

    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "ck": "%(table_name)s_%(constraint_name)s_check",
        }
    )
    type_annotation_map: ClassVar[dict[type, Any]] = {str: Text(), datetime: DateTime(timezone=True)}
    # An update brings back what the server set (revision); asyncio refuses the hidden query that would read it later.
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy declares it an instance's


class Xid8(UserDefinedType[str]):
    """The number of a transaction, which only grows."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "xid8"


class Followed:
    """A table that the lake follows: a trigger keeps the last transaction that wrote each row (docs/decisions/0026)."""

    changed_xid: Mapped[str] = mapped_column(
        Xid8, server_default=text("pg_current_xact_id()"), index=True, deferred=True, sort_order=1
    )


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """The column holds one of the enum's values, or nothing."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
