"""Money back: asked for, given up, sent back by the bank. RefundCall -> Refund"""

from sandbox.stripe.account import Account
from sandbox.stripe.calls import RefundCall
from sandbox.stripe.currencies import written
from sandbox.stripe.errors import Conflict, InvalidRequest
from sandbox.stripe.objects.money import Refund
from sandbox.stripe.objects.payment import Charge, PaymentIntent
from sandbox.stripe.sales.balance import book_refund


def refund(account: Account, call: RefundCall) -> Refund:
    """Part or all of what was captured and is not refunded yet; the fee stays with Stripe."""
    charge = _charge(account, call)
    _check(charge, call)
    amount = call.amount if call.amount is not None else charge.amount_refundable
    made = _refund(account, charge, amount, call)
    wait = account.switches.refunds_fail_after_seconds
    made.fails_at = account.now() + wait if wait else None
    made.balance_transaction = book_refund(account, made)
    account.tell("refund.created", made)
    _give_back(account, charge, amount)
    return made


def release(account: Account, charge: Charge) -> None:
    """An authorisation that is not captured goes back to the card; no money moved."""
    made = _refund(account, charge, charge.amount, RefundCall())
    account.tell("refund.created", made)
    _give_back(account, charge, charge.amount)


def fail(account: Account, due: list[Refund]) -> None:
    """The bank could not pay it out: the money is in the balance again, and the charge can be refunded anew."""
    for made in due:
        made.status, made.failure_reason, made.fails_at = "failed", "unknown", None
        made.failure_balance_transaction = book_refund(account, made, is_failure=True)
        charge = account.find(Charge, made.charge)
        charge.amount_refunded -= made.amount
        charge.refunded = False
        account.store.put(charge)
        for event in ("refund.failed", "refund.updated", "charge.refund.updated"):
            account.tell(event, made, previously={"status": "succeeded"})


def _charge(account: Account, call: RefundCall) -> Charge:
    if (call.charge is None) == (call.payment_intent is None):
        raise InvalidRequest(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
            param="payment_intent",
        )
    if call.charge:
        return account.find(Charge, call.charge, param="charge")
    intent = account.find(PaymentIntent, str(call.payment_intent), param="payment_intent")
    if intent.latest_charge is None or intent.status != "succeeded":
        raise Conflict(
            f"This PaymentIntent ({intent.id}) does not have a successful charge to refund.",
            code="payment_intent_unexpected_state",
            param="payment_intent",
        )
    return account.find(Charge, intent.latest_charge)


def _check(charge: Charge, call: RefundCall) -> None:
    if not charge.captured or charge.status != "succeeded":
        raise Conflict(f"Charge {charge.id} has not been captured and cannot be refunded.", param="charge")
    left = charge.amount_refundable
    if left == 0:
        raise Conflict(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    if call.amount is not None and call.amount < 1:
        raise InvalidRequest("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if call.amount is not None and call.amount > left:
        asked, rest = written(call.amount, charge.currency), written(left, charge.currency)
        raise Conflict(f"Refund amount ({asked}) is greater than unrefunded amount on charge ({rest})", param="amount")


def _refund(account: Account, charge: Charge, amount: int, call: RefundCall) -> Refund:
    is_card = charge.method == "card"
    destination = (
        {"card": {"type": "refund"} if charge.captured else {"type": "reversal"}} if is_card else {"ideal": {}}
    )
    return Refund(
        id=account.new_id("re" if is_card else "pyr"),
        created=account.now(),
        amount=amount,
        charge=charge.id,
        currency=charge.currency,
        destination_details={**destination, "type": charge.method},
        metadata=call.metadata,
        payment_intent=charge.payment_intent,
        payment_method=charge.payment_method,
        reason=call.reason,
        status="succeeded",
    )


def _give_back(account: Account, charge: Charge, amount: int) -> None:
    before = charge.amount_refunded
    charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded >= (charge.amount_captured or charge.amount)
    account.tell("charge.refunded", charge, previously={"amount_refunded": before})
