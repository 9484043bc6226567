"""Checkout sessions: opened, looked at, ended. SessionCall -> Session, LineItem"""

from sandbox.stripe.account import Account
from sandbox.stripe.calls import NoCall, SessionCall
from sandbox.stripe.currencies import CURRENCIES, smallest, written
from sandbox.stripe.errors import Conflict, InvalidRequest
from sandbox.stripe.objects.base import Json
from sandbox.stripe.objects.payment import PaymentIntent
from sandbox.stripe.objects.session import LineItem, Session
from sandbox.stripe.published import SESSION_SECONDS_LONGEST, SESSION_SECONDS_SHORTEST
from sandbox.stripe.sales.intents import cancel_intent

EVERY_METHOD = ["card", "ideal"]
LAST_TWO_DIGITS = frozenset({"isk", "ugx"})


def open_session(account: Account, call: SessionCall) -> Session:
    currency = _currency(call)
    session_id = account.new_id("cs_test")
    items = [_line_item(account, session_id, call, index) for index in range(len(call.line_items))]
    total = sum(item.amount_total for item in items)
    _check_amount(total, currency)
    methods = _methods(call, currency)
    session = Session(
        id=session_id,
        created=account.now(),
        amount_subtotal=total,
        amount_total=total,
        cancel_url=call.cancel_url,
        client_reference_id=call.client_reference_id,
        currency=currency,
        customer_email=call.customer_email,
        expires_at=_expires_at(account, call),
        intent_data=call.payment_intent_data.model_dump(exclude_defaults=True),
        locale=call.locale,
        metadata=call.metadata,
        payment_method_options=_options(call, methods),
        payment_method_types=methods,
        payment_status="unpaid",
        status="open",
        submit_type=call.submit_type,
        success_url=call.success_url,
        url=f"{account.url}/pay/{session_id}",
    )
    account.store.put(session)
    for item in items:
        account.store.put(item)
    return session


def expire(account: Account, session_id: str, call: NoCall) -> Session:
    del call
    session = account.find(Session, session_id, param="session")
    if session.status != "open":
        raise Conflict(
            f"Only Checkout Sessions with a status in [open] can be expired. This Checkout Session has a status of"
            f" {session.status}."
        )
    return end(account, session)


def end(account: Account, session: Session) -> Session:
    """Nobody can pay it any more, what was begun included."""
    session.status, session.url = "expired", None
    if session.payment_intent:
        cancel_intent(account, account.find(PaymentIntent, session.payment_intent), reason="automatic")
    account.tell("checkout.session.expired", session)
    return session


def items_of(account: Account, session: Session) -> list[LineItem]:
    return account.store.every(LineItem, session=session.id)


def _currency(call: SessionCall) -> str:
    currencies = {item.price_data.currency.lower() for item in call.line_items}
    if unknown := currencies - CURRENCIES:
        raise InvalidRequest(
            f"Invalid currency: {min(unknown)}", param="line_items[0][price_data][currency]", code="parameter_invalid"
        )
    if len(currencies) > 1:
        raise InvalidRequest("All line items must have the same currency.", param="line_items")
    return currencies.pop()


def _check_amount(total: int, currency: str) -> None:
    if total < smallest(currency):
        least = written(smallest(currency), currency)
        raise InvalidRequest(
            f"The Checkout Session's total amount due must add up to at least {least}", code="amount_too_small"
        )
    if currency in LAST_TWO_DIGITS and total % 100:
        raise InvalidRequest(f"Amounts in {currency} must be divisible by 100", param="line_items")


def _expires_at(account: Account, call: SessionCall) -> int:
    now = account.now()
    if call.expires_at is None:
        return now + SESSION_SECONDS_LONGEST
    if not SESSION_SECONDS_SHORTEST <= call.expires_at - now <= SESSION_SECONDS_LONGEST:
        raise InvalidRequest(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return call.expires_at


def _methods(call: SessionCall, currency: str) -> list[str]:
    """What the payment allows, and of that what was asked for."""
    can_ideal = currency == "eur" and call.payment_intent_data.capture_method != "manual"
    possible = EVERY_METHOD if can_ideal else ["card"]
    asked = call.allowed_payment_method_types or possible
    if methods := [method for method in possible if method in asked]:
        return methods
    raise InvalidRequest(
        "No valid payment method types for this Checkout Session.", param="allowed_payment_method_types"
    )


def _options(call: SessionCall, methods: list[str]) -> Json:
    card = call.payment_method_options.card.model_dump(exclude_none=True)
    return {"card": card} if "card" in methods else {}


def _line_item(account: Account, session_id: str, call: SessionCall, index: int) -> LineItem:
    item = call.line_items[index]
    price, product = item.price_data, item.price_data.product_data
    amount = price.unit_amount * item.quantity
    return LineItem(
        id=account.new_id("li"),
        created=account.now(),
        session=session_id,
        amount_subtotal=amount,
        amount_total=amount,
        currency=price.currency.lower(),
        description=product.name,
        metadata=item.metadata,
        price=_price(account, call, index),
        quantity=item.quantity,
    )


def _price(account: Account, call: SessionCall, index: int) -> Json:
    """A price made for this session alone."""
    price = call.line_items[index].price_data
    return {
        "id": account.new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": account.now(),
        "currency": price.currency.lower(),
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": account.new_id("prod"),
        "recurring": None,
        "tax_behavior": price.tax_behavior,
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": price.unit_amount,
        "unit_amount_decimal": str(price.unit_amount),
    }
