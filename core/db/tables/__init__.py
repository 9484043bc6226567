"""The shop database's tables. Migrations make them; a test compares both."""

from core.db.tables.base import Table
from core.db.tables.demand import DemandCount
from core.db.tables.history import HistoryDay
from core.db.tables.orders import (
    Buyer,
    CommissionPayout,
    LedgerPosting,
    Mail,
    Order,
    OrderItem,
    OrderLine,
    Payment,
    Refund,
    StripeEvent,
    Ticket,
)
from core.db.tables.resellers import (
    Account,
    AccountSession,
    LogoType,
    PriceRule,
    Reseller,
    RuleKind,
    Shop,
    ShopArea,
)

__all__ = [
    "Account",
    "AccountSession",
    "Buyer",
    "CommissionPayout",
    "DemandCount",
    "HistoryDay",
    "LedgerPosting",
    "LogoType",
    "Mail",
    "Order",
    "OrderItem",
    "OrderLine",
    "Payment",
    "PriceRule",
    "Refund",
    "Reseller",
    "RuleKind",
    "Shop",
    "ShopArea",
    "StripeEvent",
    "Table",
    "Ticket",
]
