"""Constants of the Stripe connector; address and key are in core.settings."""

from datetime import timedelta

# Written out, so that a newer library does not change what our code is answered; checkout speaks the same one.
API_VERSION = "2026-10-28.endive"

CONNECT_TIMEOUT_SECONDS = 4.0
READ_TIMEOUT_SECONDS = 20.0
NETWORK_RETRIES = 3

# As many as Stripe gives.
PAGE_SIZE = 100

# Each read asks for this much once more: Stripe's clock is not ours, and its lists take a moment to know all.
OVERLAP = timedelta(hours=1)

# What is held in memory, and committed to the lake, at once.
ROWS_AT_ONCE = 10_000

# The events after which an object that we have is another; Stripe takes twenty names at most, and no patterns.
EVENTS = (
    *("charge.captured", "charge.expired", "charge.refunded", "charge.succeeded", "charge.updated"),
    *("checkout.session.async_payment_failed", "checkout.session.async_payment_succeeded"),
    *("checkout.session.completed", "checkout.session.expired"),
    *("payment_intent.amount_capturable_updated", "payment_intent.canceled", "payment_intent.payment_failed"),
    "payment_intent.succeeded",
    *("payout.canceled", "payout.failed", "payout.paid", "payout.reconciliation_completed"),
    *("refund.created", "refund.failed", "refund.updated"),
)
