"""Payment intents: begun, captured, given up. Session -> PaymentIntent"""

from sandbox.stripe.account import Account
from sandbox.stripe.calls import CancelCall, CaptureCall
from sandbox.stripe.errors import Conflict, InvalidRequest
from sandbox.stripe.objects.payment import Charge, PaymentIntent
from sandbox.stripe.objects.session import Session
from sandbox.stripe.sales.balance import book_charge
from sandbox.stripe.sales.refunds import release

AUTOMATIC = "automatic_async"
OPEN = frozenset({"requires_payment_method", "requires_action", "requires_capture"})


def intent_of(account: Account, session: Session, method: str) -> PaymentIntent:
    """The session's intent, begun with the first attempt to pay, for the method now chosen."""
    data = dict(session.intent_data)
    capture = data.pop("capture_method", AUTOMATIC)
    if method == "card":
        capture = (session.payment_method_options or {}).get("card", {}).get("capture_method", capture)
    if session.payment_intent:
        intent = account.find(PaymentIntent, session.payment_intent)
        intent.capture_method = capture
        return intent
    intent_id = account.new_id("pi")
    intent = PaymentIntent(
        id=intent_id,
        created=account.now(),
        session=session.id,
        amount=session.amount_total,
        capture_method=capture,
        client_secret=f"{intent_id}_{account.new_id('secret')}",
        currency=session.currency,
        payment_method_options=session.payment_method_options,
        payment_method_types=session.payment_method_types,
        status="requires_payment_method",
        **data,
    )
    session.payment_intent = intent.id
    account.store.put(session)
    account.tell("payment_intent.created", intent)
    return intent


def capture(account: Account, intent_id: str, call: CaptureCall) -> PaymentIntent:
    """All of it, or less; what is not captured is given back to the card."""
    intent = account.find(PaymentIntent, intent_id, param="intent")
    if intent.status != "requires_capture":
        raise Conflict(
            f"This PaymentIntent could not be captured because it has a status of {intent.status}. Only a PaymentIntent"
            " with one of the following statuses may be captured: requires_capture.",
            code="payment_intent_unexpected_state",
        )
    amount = call.amount_to_capture or intent.amount_capturable
    if amount > intent.amount_capturable:
        raise InvalidRequest(
            "The amount to capture is greater than the amount authorized.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    intent.status, intent.amount_capturable, intent.amount_received = "succeeded", 0, amount
    charge = account.find(Charge, str(intent.latest_charge))
    charge.captured, charge.amount_captured = True, amount
    book_charge(account, charge)
    _mark_paid(account, intent)
    account.tell("charge.captured", charge)
    account.tell("payment_intent.succeeded", intent)
    return intent


def cancel(account: Account, intent_id: str, call: CancelCall) -> PaymentIntent:
    intent = account.find(PaymentIntent, intent_id, param="intent")
    if intent.status not in OPEN:
        raise Conflict(
            f"You cannot cancel this PaymentIntent because it has a status of {intent.status}.",
            code="payment_intent_unexpected_state",
        )
    return cancel_intent(account, intent, reason=call.cancellation_reason)


def cancel_intent(account: Account, intent: PaymentIntent, *, reason: str | None) -> PaymentIntent:
    """An authorisation is given back; that is a refund without money."""
    was_authorised = intent.status == "requires_capture"
    intent.status, intent.cancellation_reason, intent.canceled_at = "canceled", reason, account.now()
    intent.amount_capturable, intent.next_action = 0, None
    account.tell("payment_intent.canceled", intent)
    if was_authorised:
        release(account, account.find(Charge, str(intent.latest_charge)))
    return intent


def _mark_paid(account: Account, intent: PaymentIntent) -> None:
    session = account.find(Session, intent.session)
    session.payment_status = "paid"
    account.store.put(session)
