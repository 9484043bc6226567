"""Attempts to pay a session, as the buyer makes them on the pages. Session + means -> PaymentIntent, Charge"""

from sandbox.stripe.account import Account
from sandbox.stripe.objects.base import Json
from sandbox.stripe.objects.payment import Charge, PaymentIntent, PaymentMethod
from sandbox.stripe.objects.session import Session
from sandbox.stripe.published import AUTHORISATION_SECONDS
from sandbox.stripe.sales.balance import book_charge
from sandbox.stripe.sales.cards import DECLINED, Card, Decline
from sandbox.stripe.sales.intents import intent_of
from sandbox.stripe.sales.means import Buyer, details, keep_card, keep_ideal

ACCEPTED: Json = {
    "advice_code": None,
    "network_advice_code": None,
    "network_decline_code": None,
    "network_status": "approved_by_network",
    "reason": None,
    "risk_level": "normal",
    "seller_message": "Payment complete.",
    "type": "authorized",
}
REFUSED_AT_BANK = "The payment was not approved at the bank."


def pay_by_card(account: Account, session: Session, card: Card, buyer: Buyer) -> PaymentIntent:
    """Paid, declined, or sent to the bank: the intent's status tells."""
    intent = intent_of(account, session, "card")
    means = keep_card(account, card, buyer)
    decline = DECLINED if account.switches.decline_everything else card.decline
    if decline:
        return _decline(account, intent, means, decline)
    return _ask_bank(account, intent, means) if card.asks_bank else _charge(account, session, intent, means)


def pay_by_ideal(account: Account, session: Session, buyer: Buyer) -> PaymentIntent:
    return _ask_bank(account, intent_of(account, session, "ideal"), keep_ideal(account, buyer))


def approve(account: Account, session: Session, intent: PaymentIntent) -> PaymentIntent:
    """What the buyer's yes at the bank does."""
    if account.switches.decline_everything:
        return refuse(account, intent)
    return _charge(account, session, intent, account.find(PaymentMethod, str(intent.payment_method)))


def refuse(account: Account, intent: PaymentIntent) -> PaymentIntent:
    means = account.find(PaymentMethod, str(intent.payment_method))
    error = {"code": "payment_intent_payment_attempt_failed", "message": REFUSED_AT_BANK}
    if means.type == "card":
        error["code"] = "payment_intent_authentication_failure"
    _fail(account, intent, means, {**error, "type": "invalid_request_error"})
    return intent


def _ask_bank(account: Account, intent: PaymentIntent, means: PaymentMethod) -> PaymentIntent:
    way = {"return_url": f"{account.url}/pay/{intent.session}", "url": f"{account.url}/bank/{intent.id}"}
    intent.status, intent.payment_method, intent.last_payment_error = "requires_action", means.id, None
    intent.next_action = {"redirect_to_url": way, "type": "redirect_to_url"}
    account.tell("payment_intent.requires_action", intent)
    return intent


def _charge(account: Account, session: Session, intent: PaymentIntent, means: PaymentMethod) -> PaymentIntent:
    """Captured at once, or held on the card for the shop to capture."""
    is_held = intent.capture_method == "manual"
    charge = _new_charge(account, intent, means, is_held=is_held)
    charge.amount_captured = 0 if is_held else charge.amount
    account.tell("charge.succeeded", charge)
    intent.latest_charge, intent.payment_method = charge.id, means.id
    intent.next_action = intent.last_payment_error = None
    if is_held:
        intent.status, intent.amount_capturable = "requires_capture", intent.amount
        intent.capture_before = account.now() + AUTHORISATION_SECONDS
        account.tell("payment_intent.amount_capturable_updated", intent)
    else:
        intent.status, intent.amount_received = "succeeded", intent.amount
        account.tell("payment_intent.succeeded", intent)
    _complete(account, session, means, is_held=is_held)
    if not is_held:
        # With asynchronous capture the balance transaction comes after the events that say the payment is made.
        book_charge(account, charge)
        account.tell("charge.updated", charge, previously={"balance_transaction": None})
    return intent


def _complete(account: Account, session: Session, means: PaymentMethod, *, is_held: bool) -> None:
    buyer = Buyer(means.billing_details["email"], means.billing_details["name"])
    session.status, session.url = "complete", None
    session.payment_status = "unpaid" if is_held else "paid"
    session.customer_details = buyer.customer_details
    account.tell("checkout.session.completed", session)


def _new_charge(account: Account, intent: PaymentIntent, means: PaymentMethod, *, is_held: bool = False) -> Charge:
    return Charge(
        id=account.new_id("ch" if means.type == "card" else "py"),
        created=account.now(),
        amount=intent.amount,
        billing_details=means.billing_details,
        captured=not is_held,
        currency=intent.currency,
        description=intent.description,
        metadata=intent.metadata,
        outcome=ACCEPTED,
        paid=True,
        payment_intent=intent.id,
        payment_method=means.id,
        payment_method_details=details(means),
        receipt_email=intent.receipt_email,
        status="succeeded",
    )


def _decline(account: Account, intent: PaymentIntent, means: PaymentMethod, decline: Decline) -> PaymentIntent:
    charge = _new_charge(account, intent, means)
    charge.captured = charge.paid = False
    charge.status, charge.failure_code, charge.failure_message = "failed", decline.code, decline.message
    charge.outcome = {
        **ACCEPTED,
        "network_status": "declined_by_network",
        "reason": decline.decline_code,
        "seller_message": "The bank did not return any further details with this decline.",
        "type": "issuer_declined",
    }
    intent.latest_charge = charge.id
    error = {"charge": charge.id, "code": decline.code, "decline_code": decline.decline_code}
    account.tell("charge.failed", charge)
    _fail(account, intent, means, {**error, "message": decline.message, "type": "card_error"})
    return intent


def _fail(account: Account, intent: PaymentIntent, means: PaymentMethod, error: Json) -> None:
    """The buyer may try again while the session is open."""
    intent.status, intent.payment_method, intent.next_action = "requires_payment_method", None, None
    intent.last_payment_error = {**error, "payment_method": means.payload()}
    account.tell("payment_intent.payment_failed", intent)
