"""What is asked of Stripe, in its words. SessionDraft, Money -> parameters"""

from typing import Final

from stripe.params.checkout import (
    SessionCreateParams,
    SessionCreateParamsLineItem,
    SessionCreateParamsLineItemPriceDataProductData,
)

from api.payments.amounts import stripe_amount
from api.payments.shapes import SessionDraft, SessionLine

# Languages of the payment page; for any other it follows the browser.
PAGE_LOCALES: Final = (
    *("bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu", "id"),
    *("it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th"),
    *("tr", "vi", "zh", "zh-HK", "zh-TW"),
)


def session_wish(draft: SessionDraft) -> SessionCreateParams:
    """The same parameters for the same draft, byte for byte: its idempotency key depends on it."""
    metadata = {"order_id": draft.order_id, "reseller_id": draft.reseller_id, "payment_id": draft.payment_id}
    wish: SessionCreateParams = {
        "mode": "payment",
        "line_items": [_line_item(line) for line in draft.lines],
        "customer_email": draft.buyer_email,
        "client_reference_id": draft.order_id,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": draft.order_id},
        # A filter: Stripe itself leaves iDEAL out where the currency is not the euro.
        "allowed_payment_method_types": ["card", "ideal"],
        "success_url": draft.success_url,
        "cancel_url": draft.cancel_url,
        "expires_at": int(draft.expires_at.timestamp()),
        "locale": _page_locale(draft.locale),
    }
    if draft.captures_later:
        # For the card alone: iDEAL cannot wait, and Stripe refuses it where the whole payment is to.
        wish["payment_method_options"] = {"card": {"capture_method": "manual"}}
    return wish


def _line_item(line: SessionLine) -> SessionCreateParamsLineItem:
    """By the piece where the total divides; else one line for all, since Stripe multiplies and never divides."""
    amount = stripe_amount(line.total)
    unit_amount, rest = divmod(amount, line.quantity)
    name = f"{line.quantity} x {line.title}" if rest else line.title
    product: SessionCreateParamsLineItemPriceDataProductData = {"name": name}
    if line.description:
        product["description"] = line.description
    return {
        "quantity": 1 if rest else line.quantity,
        "price_data": {
            "currency": line.total.currency.lower(),
            "unit_amount": amount if rest else unit_amount,
            "product_data": product,
        },
    }


def _page_locale(locale: str) -> str:
    tag = locale.replace("_", "-")
    language = tag.partition("-")[0]
    return next((name for name in (tag, language) if name in PAGE_LOCALES), "auto")
