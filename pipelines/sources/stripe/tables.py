"""Raw tables of our account at Stripe, each with a row per object; amounts are in Stripe's smallest unit."""

from pipelines.raw_tables import FLAG, NUMBER, TEXT, TIME, RawTable

OURS = {"order_id": TEXT, "payment_id": TEXT, "reseller_id": TEXT}
AMOUNT = {"currency": TEXT, "amount_minor": NUMBER}
MADE = {"created_at": TIME}

CHARGES = RawTable(
    "charges",
    {
        "charge_id": TEXT,
        "intent_id": TEXT,
        **OURS,
        "status": TEXT,
        "is_captured": FLAG,
        **AMOUNT,
        "captured_minor": NUMBER,
        "refunded_minor": NUMBER,
        "method": TEXT,
        "balance_transaction_id": TEXT,
        "failure_code": TEXT,
        **MADE,
    },
    key=("charge_id",),
)
PAYMENT_INTENTS = RawTable(
    "payment_intents",
    {
        "intent_id": TEXT,
        **OURS,
        "status": TEXT,
        **AMOUNT,
        "received_minor": NUMBER,
        "charge_id": TEXT,
        "cancelled_at": TIME,
        **MADE,
    },
    key=("intent_id",),
)
REFUNDS = RawTable(
    "refunds",
    {
        "stripe_refund_id": TEXT,
        "charge_id": TEXT,
        "intent_id": TEXT,
        "refund_id": TEXT,
        **OURS,
        "status": TEXT,
        **AMOUNT,
        "balance_transaction_id": TEXT,
        "failure_transaction_id": TEXT,
        **MADE,
    },
    key=("stripe_refund_id",),
)
CHECKOUT_SESSIONS = RawTable(
    "checkout_sessions",
    {
        "session_id": TEXT,
        "intent_id": TEXT,
        **OURS,
        "status": TEXT,
        "payment_status": TEXT,
        **AMOUNT,
        "expires_at": TIME,
        **MADE,
    },
    key=("session_id",),
)
PAYOUTS = RawTable(
    "payouts",
    {"payout_id": TEXT, "status": TEXT, **AMOUNT, "balance_transaction_id": TEXT, "arrived_at": TIME, **MADE},
    key=("payout_id",),
)
BALANCE_TRANSACTIONS = RawTable(
    "balance_transactions",
    {
        "balance_transaction_id": TEXT,
        "type": TEXT,
        "source_id": TEXT,
        "payout_id": TEXT,
        **AMOUNT,
        "fee_minor": NUMBER,
        "net_minor": NUMBER,
        "available_at": TIME,
        **MADE,
    },
    key=("balance_transaction_id",),
)
EVENTS = RawTable(
    "events",
    {"event_id": TEXT, "type": TEXT, "object_type": TEXT, "object_id": TEXT, **MADE},
    key=("event_id",),
)
# That Stripe was read: everything made or changed from `since` to `read_at`, or from the beginning where there is none.
READS = RawTable("reads", {"read_at": TIME, "since": TIME}, key=("read_at",))
