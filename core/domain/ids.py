"""Our ids: opaque, prefixed by what they name, sortable by when they were made."""

from enum import StrEnum

import uuid6


class Prefix(StrEnum):
    RESELLER = "rsl"
    SHOP = "shp"
    ACCOUNT = "acc"
    PRICE_RULE = "prl"
    ORDER = "ord"
    ORDER_ITEM = "itm"
    TICKET = "tkt"
    PAYMENT = "pay"
    REFUND = "rfd"
    MAIL = "eml"
    COMMISSION_PAYOUT = "cpo"


def new_id(prefix: Prefix) -> str:
    """A new id such as `rsl_0198f6...`: the prefix and a UUIDv7 in hexadecimal."""
    return f"{prefix}_{uuid6.uuid7().hex}"
