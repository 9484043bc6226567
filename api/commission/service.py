"""Commission that is owed, and its payouts: recorded once, and undone where it was a mistake. staff <-> ledger"""

import structlog

from api.commission.errors import OwedChanged, PayoutGone, PayoutUndone, ReferenceMissing
from api.commission.repository import CommissionRepository, posting_rows
from api.commission.views import CommissionView, PayoutWish
from core.db import tables
from core.domain.clock import Clock
from core.domain.ledger import PAYOUT, UNDONE, payout_postings, undone_postings

log = structlog.get_logger("api.commission")


class CommissionService:
    """Money is moved by our people at the bank; here it is written down."""

    def __init__(self, repository: CommissionRepository, *, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    async def overview(self) -> CommissionView:
        until = self._clock()
        owed, payouts = await self._repository.owed(until), await self._repository.payouts()
        return CommissionView(tuple(owed), tuple(payouts), until)

    async def record(self, wish: PayoutWish, by: str) -> None:
        """All that was owed when the page was shown, once.

        ReferenceMissing; OwedChanged where it is another amount; PayoutUndone.
        """
        if not wish.reference:
            raise ReferenceMissing("Enter the reference of the bank transfer.")
        async with self._repository.change(wish.reseller_id) as change:
            items = await change.take_owed(wish)
            earlier = await change.payout(wish.commission_payout_id)
            if earlier is not None and earlier.undone_at is not None:
                raise PayoutUndone("What it was for is owed again, and can be recorded anew.")
            if earlier is not None:
                return
            if not items or sum(item.commission_minor for item in items) != wish.amount.minor:
                raise OwedChanged("The amount owed has changed since. Look at it again; nothing was recorded.")
            now = self._clock()
            payout = tables.CommissionPayout(
                commission_payout_id=wish.commission_payout_id,
                reseller_id=wish.reseller_id,
                amount_minor=wish.amount.minor,
                currency=wish.amount.currency,
                currency_precision=wish.amount.precision,
                reference=wish.reference,
                recorded_at=now,
                recorded_by=by,
            )
            change.add(payout)
            rows = [
                row
                for item in items
                for row in posting_rows(
                    payout, item, entry=PAYOUT, postings=payout_postings(item.commission_minor), now=now
                )
            ]
            await change.book(items, payout.commission_payout_id, rows)
        log.info("commission paid out", commission_payout_id=wish.commission_payout_id, account_id=by)

    async def undo(self, reseller_id: str, payout_id: str, by: str) -> None:
        """It never left: what it was for is owed again. PayoutGone; one that is undone stays so."""
        async with self._repository.change(reseller_id) as change:
            items = await change.take_paid(payout_id)
            payout = await change.payout(payout_id)
            if payout is None:
                raise PayoutGone("No such payout was recorded.")
            if payout.undone_at is not None:
                return
            now = self._clock()
            payout.undone_at, payout.undone_by = now, by
            rows = [
                row
                for item in items
                for row in posting_rows(
                    payout,
                    item,
                    entry=UNDONE,
                    postings=undone_postings(payout_postings(item.commission_minor)),
                    now=now,
                )
            ]
            await change.book(items, None, rows)
        log.info("payout of commission undone", commission_payout_id=payout_id, account_id=by)
