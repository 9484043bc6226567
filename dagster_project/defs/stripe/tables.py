"""The tables a read of our Stripe account writes, and what one row of them is."""

from pipelines.sources.stripe import tables as stripe

TABLES = {
    stripe.CHARGES: "One row per attempt to take money.",
    stripe.PAYMENT_INTENTS: "One row per payment, however often it was attempted.",
    stripe.REFUNDS: "One row per sum that went back.",
    stripe.CHECKOUT_SESSIONS: "One row per payment page.",
    stripe.BALANCE_TRANSACTIONS: "One row per movement of our balance, with its fee and its payout.",
    stripe.PAYOUTS: "One row per transfer to our bank.",
    stripe.EVENTS: "One row per thing that happened at Stripe, without what it happened to.",
    stripe.READS: "One row per read of the account.",
}
