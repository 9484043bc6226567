"""Whatever is asked and however it answers, a sale comes to rest with tickets or money back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from core.domain.sale import ISSUED, LIVE_PAYMENT, ItemState, OrderStatus, PaymentStatus, RefundStatus
from core.domain.settlement import (
    MOST_ATTEMPTS,
    Sale,
    SaleItem,
    SalePayment,
    SaleRefund,
    Step,
    StepKind,
    Wait,
    next_step,
)

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
GUARANTEE = timedelta(minutes=5)
STORMY_LOOKS, MOST_LOOKS = 40, 120
T = TypeVar("T")
AT_REST = {OrderStatus.DONE, OrderStatus.OPEN, OrderStatus.EXPIRED}
PAYABLE = [ItemState.DRAFT, ItemState.HOLDING, ItemState.HELD, ItemState.CONFIRMING, ItemState.UNKNOWN]
ANSWERS = {
    StepKind.HOLD: [ItemState.HELD, ItemState.FAILED, ItemState.UNKNOWN],
    StepKind.CONFIRM: [ItemState.CONFIRMED, ItemState.PENDING_SUPPLIER, ItemState.UNKNOWN, ItemState.FAILED],
    StepKind.ASK_BOOKING: [ItemState.CONFIRMED, ItemState.HELD, ItemState.REJECTED, ItemState.DRAFT, None],
    StepKind.CANCEL: [ItemState.CANCELLED, ItemState.CONFIRMED, None],
}


class Model:
    """A sale whose outside calls answer as drawn; None is no answer. When it is calm, the first answer is given."""

    def __init__(self, sale: Sale, draw: st.DrawFn) -> None:
        self.sale, self.now, self.is_calm = sale, NOW, False
        self._draw = draw
        self.finished = 0
        self.refunded: set[str] = set()

    def look(self) -> datetime | None:
        """Take every step that is due; when to look again."""
        done: set[Step] = set()
        while True:
            step = next_step(self.sale, self.now, frozenset(done))
            if isinstance(step, Wait):
                return step.until
            assert step not in done
            done.add(step)
            self.take(step)

    def take(self, step: Step) -> None:
        subject = step.subject.partition("/")[0]
        if step.kind in ANSWERS or step.kind in {StepKind.GIVE_UP, StepKind.LET_EXPIRE, StepKind.RELEASE}:
            self._take_item(step.kind, next(item for item in self.sale.items if item.order_item_id == subject))
        elif step.kind is StepKind.REQUEST_REFUND:
            item = next(item for item in self.sale.items if item.order_item_id == subject)
            assert item.state not in ISSUED
            assert self.sale.refund_of(item) is None
            refund = SaleRefund(f"re_{subject}", subject, RefundStatus.REQUESTED, 1, item.asked_minor, self.now)
            self.sale = replace(self.sale, refunds=(*self.sale.refunds, refund))
        elif "REFUND" in step.kind:
            self._take_refund(step.kind, subject)
        elif step.kind is StepKind.FINISH:
            self.finished += 1
            self.sale = replace(self.sale, status=OrderStatus.DONE, updated_at=self.now)
        elif step.kind is StepKind.ABANDON:
            self.sale = replace(self.sale, status=OrderStatus.EXPIRED, updated_at=self.now)
        else:
            self._take_payment(step.kind)

    def _take_item(self, kind: StepKind, item: SaleItem) -> None:
        if kind is StepKind.RELEASE:
            self._put(replace(item, needs_release=not self._answers()))
            return
        if kind is StepKind.GIVE_UP:
            self._put(replace(item, state=ItemState.FAILED, needs_release=True, updated_at=self.now))
            return
        if kind is StepKind.LET_EXPIRE:
            self._put(replace(item, state=ItemState.EXPIRED, updated_at=self.now))
            return
        if kind is StepKind.CONFIRM:
            assert self.sale.refund_of(item) is None
        state = self._one_of(ANSWERS[kind])
        if state is ItemState.DRAFT and item.attempt >= MOST_ATTEMPTS:
            state = ItemState.FAILED
        if state is None:
            return
        attempt = item.attempt + (state is ItemState.DRAFT)
        confirm_by = self.now + timedelta(hours=1) if state is ItemState.PENDING_SUPPLIER else item.confirm_by
        changed = {"state": state, "attempt": attempt, "confirm_by": confirm_by, "updated_at": self.now}
        self._put(replace(item, hold_expires_at=self.now + timedelta(minutes=20), **changed))

    def _take_refund(self, kind: StepKind, refund_id: str) -> None:
        refund = next(refund for refund in self.sale.refunds if refund.refund_id == refund_id)
        if kind is StepKind.TRY_REFUND_AGAIN:
            changed = replace(refund, status=RefundStatus.REQUESTED, attempt=refund.attempt + 1, updated_at=self.now)
        else:
            answer = self._one_of([RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.PENDING, None])
            if answer in {None, refund.status}:
                return
            changed = replace(refund, status=answer, updated_at=self.now)
        others = tuple(one for one in self.sale.refunds if one.refund_id != refund_id)
        self.sale = replace(self.sale, refunds=(*others, changed))

    def _take_payment(self, kind: StepKind) -> None:
        payment = self.sale.payment
        if not self._answers():
            return
        match kind:
            case StepKind.OPEN_PAYMENT:
                self._pay(replace(payment, status=PaymentStatus.OPEN, updated_at=self.now))
            case StepKind.ASK_PAYMENT if payment.status is PaymentStatus.CAPTURED:
                self._pay(replace(payment, has_fee=True))
            case StepKind.ASK_PAYMENT:
                found = self._one_of([PaymentStatus.CAPTURED, PaymentStatus.AUTHORISED, PaymentStatus.OPEN])
                self._become(found)
            case StepKind.EXPIRE_PAYMENT:
                self._reopen()
            case StepKind.CAPTURE_PAYMENT if self._answers():
                self._become(PaymentStatus.CAPTURED)
            case StepKind.CAPTURE_PAYMENT:
                self._refuse_capture()
            case StepKind.CANCEL_PAYMENT:
                assert not any(item.state in ISSUED for item in self.sale.items if item.is_paid_for)
                self._pay(None)

    def _become(self, status: PaymentStatus) -> None:
        was_authorised = self.sale.payment.status is PaymentStatus.AUTHORISED
        self._pay(replace(self.sale.payment, status=status, updated_at=self.now))
        if status is PaymentStatus.CAPTURED:
            for item in self.sale.items:
                if item.is_paid_for and (item.state in ISSUED or not was_authorised):
                    self._put(replace(item, sold_at=self.now))
        if status is not PaymentStatus.OPEN and self.sale.status is OrderStatus.PAYING:
            self.sale = replace(self.sale, status=OrderStatus.PAID, paid_at=self.now)

    def _refuse_capture(self) -> None:
        for item in self.sale.items:
            state = ItemState.CANCEL_REQUESTED if item.state in ISSUED else item.state
            self._put(replace(item, state=state, is_paid_for=False))
        self._pay(None)

    def _reopen(self) -> None:
        for item in self.sale.items:
            self._put(replace(item, is_paid_for=False))
        self._pay(None)
        self.sale = replace(self.sale, status=OrderStatus.OPEN)

    def _answers(self) -> bool:
        return self._one_of([True, False])

    def _one_of(self, answers: list[T]) -> T:
        return answers[0] if self.is_calm else self._draw(st.sampled_from(answers))

    def _put(self, changed: SaleItem) -> None:
        items = tuple(changed if item.order_item_id == changed.order_item_id else item for item in self.sale.items)
        self.sale = replace(self.sale, items=items, updated_at=self.now)

    def _pay(self, payment: SalePayment | None) -> None:
        self.sale = replace(self.sale, payment=payment, updated_at=self.now)


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    """A buyer at Stripe, or one who has paid and nothing more was done."""
    status = draw(st.sampled_from(sorted(LIVE_PAYMENT)))
    is_paid = status in {PaymentStatus.AUTHORISED, PaymentStatus.CAPTURED}
    items = tuple(
        _item(f"itm_{number}", draw(st.sampled_from(PAYABLE)), status) for number in range(draw(st.integers(1, 3)))
    )
    return Sale(
        order_id="ord_1",
        reseller_id="rsl_1",
        status=OrderStatus.PAID if is_paid else OrderStatus.PAYING,
        paid_at=NOW if is_paid else None,
        updated_at=NOW,
        items=items,
        payment=SalePayment("pay_1", status, draw(st.booleans()), NOW + timedelta(minutes=31), NOW),
        refunds=(),
    )


def _item(order_item_id: str, state: ItemState, status: PaymentStatus) -> SaleItem:
    return SaleItem(
        order_item_id=order_item_id,
        state=state,
        attempt=1,
        asked_minor=1500,
        is_paid_for=True,
        needs_release=False,
        hold_expires_at=NOW + timedelta(minutes=20),
        confirm_by=None,
        sold_at=NOW if status is PaymentStatus.CAPTURED else None,
        confirmed_at=None,
        updated_at=NOW,
    )


def _keeps_the_guarantee(sale: Sale, now: datetime) -> bool:
    """Each sold item is issued, asked back, or shown a supplier's deadline that is to come."""
    return all(
        item.sold_at is None
        or item.state in ISSUED
        or item.state is ItemState.CANCEL_REQUESTED
        or sale.refund_of(item) is not None
        or (item.state is ItemState.PENDING_SUPPLIER and item.confirm_by is not None and now <= item.confirm_by)
        for item in sale.items
    )


@given(sale=sales(), data=st.data())
def test_a_sale_keeps_the_guarantee_and_comes_to_rest(sale, data):
    model = Model(sale, data.draw)
    for look in range(MOST_LOOKS):
        model.is_calm = look >= STORMY_LOOKS
        until = model.look()
        is_owed = model.sale.paid_at is not None and model.now >= model.sale.paid_at + GUARANTEE
        assert not is_owed or _keeps_the_guarantee(model.sale, model.now)
        assert model.finished <= 1
        if until is None:
            break
        assert until > model.now
        model.now = until
    assert model.sale.status in AT_REST
    assert not any(item.needs_release for item in model.sale.items)
