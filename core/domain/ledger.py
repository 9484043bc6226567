"""What each movement of money books. amounts of an item -> postings that add up to zero

A posting is what an account is owed: the buyer's side is negative when he pays, everybody else's grows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.domain.sale import LedgerAccount

# How the entries of a payout and of its undoing begin; the payout's id and the item's follow.
PAYOUT: Final = "payout"
UNDONE: Final = "payout-undone"

Postings = Mapping[LedgerAccount, int]


@dataclass(frozen=True, slots=True)
class ItemAmounts:
    """All minor units of one currency; `tax_minor` is the part of the net that the provider owes to a tax office.

    asked + sponsored = net + commission + platform fee + payment fee.
    """

    asked_minor: int
    sponsored_minor: int
    net_minor: int
    tax_minor: int
    commission_minor: int
    platform_fee_minor: int
    payment_fee_minor: int


def sale_postings(amounts: ItemAmounts) -> Postings:
    return {
        LedgerAccount.BUYER: -amounts.asked_minor,
        LedgerAccount.SPONSOR: -amounts.sponsored_minor,
        LedgerAccount.PROVIDER: amounts.net_minor - amounts.tax_minor,
        LedgerAccount.TAX: amounts.tax_minor,
        LedgerAccount.COMMISSION_BOOKED: amounts.commission_minor,
        LedgerAccount.PLATFORM_FEE: amounts.platform_fee_minor,
        LedgerAccount.PAYMENT_FEE: amounts.payment_fee_minor,
    }


def refund_postings(amounts: ItemAmounts) -> Postings:
    """The sale undone. Stripe keeps its fee of a payment that is refunded, so the platform bears it."""
    undone = dict(undone_postings(sale_postings(amounts)))
    undone[LedgerAccount.PAYMENT_FEE] = 0
    undone[LedgerAccount.PLATFORM_FEE] -= amounts.payment_fee_minor
    return undone


def goodwill_postings(amounts: ItemAmounts) -> Postings:
    """Money back for tickets that stay paid for: the platform's gift."""
    return {LedgerAccount.BUYER: amounts.asked_minor, LedgerAccount.PLATFORM_FEE: -amounts.asked_minor}


def visit_postings(commission_minor: int) -> Postings:
    """The visit is over: what was booked for the reseller is earned."""
    return {LedgerAccount.COMMISSION_BOOKED: -commission_minor, LedgerAccount.COMMISSION_VISITED: commission_minor}


def payout_postings(commission_minor: int) -> Postings:
    """What was earned is with the reseller."""
    return {LedgerAccount.COMMISSION_VISITED: -commission_minor, LedgerAccount.COMMISSION_PAID: commission_minor}


def undone_postings(postings: Postings) -> Postings:
    return {account: -minor for account, minor in postings.items()}


def payment_fee_postings(agreed_minor: int, charged_minor: int) -> Postings:
    """Stripe's fee as it charged it, where the terms had agreed another: the platform bears or keeps the difference."""
    difference = charged_minor - agreed_minor
    return {LedgerAccount.PAYMENT_FEE: difference, LedgerAccount.PLATFORM_FEE: -difference}
