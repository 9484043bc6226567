"""What an account is for."""

from enum import StrEnum


class AccountRole(StrEnum):
    """An OWNER belongs to a reseller. STAFF, and an ANALYST without a reseller, are ours and see the whole platform."""

    OWNER = "OWNER"
    ANALYST = "ANALYST"
    STAFF = "STAFF"
