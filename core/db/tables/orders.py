"""What is bought: orders and their items, payments, refunds, the ledger, the mail that is owed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.tables.base import Followed, Table, one_of
from core.domain.sale import (
    ItemState,
    LedgerAccount,
    MailKind,
    OrderStatus,
    PaymentStatus,
    RefundReason,
    RefundStatus,
)


def _of(parent: str) -> ForeignKeyConstraint:
    """A foreign key that names the tenant too: row-level security does not bind foreign keys."""
    key = "shop_id" if parent == "shop" else f"{parent.removeprefix('shop_')}_id"
    return ForeignKeyConstraint([key, "reseller_id"], [f"{parent}.{key}", f"{parent}.reseller_id"])


class Order(Followed, Table):
    """A cart, and what became of it. Personal data is in `buyer` alone.

    `secret` opens it to its buyer: in the cart's cookie, and in the link of every mail.
    `next_check_at` is when the sweeper must look at it again; empty where nothing is left to do.
    """

    __tablename__ = "shop_order"

    order_id: Mapped[str] = mapped_column(primary_key=True)
    reseller_id: Mapped[str]
    shop_id: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    currency: Mapped[str]
    currency_precision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    paid_at: Mapped[datetime | None]
    next_check_at: Mapped[datetime | None]

    __table_args__ = (
        _of("shop"),
        UniqueConstraint("order_id", "reseller_id"),
        Index(None, "reseller_id", "created_at"),
        Index("shop_order_next_check_at_idx", "next_check_at", postgresql_where="next_check_at IS NOT NULL"),
        one_of("status", OrderStatus),
        CheckConstraint("currency ~ '^[A-Z]{3}$' AND currency_precision BETWEEN 0 AND 4", name="currency"),
    )


class Buyer(Table):
    """Who bought: the only personal data of a sale, in one row that can be erased."""

    __tablename__ = "buyer"

    order_id: Mapped[str] = mapped_column(primary_key=True)
    reseller_id: Mapped[str]
    full_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (_of("shop_order"),)


class OrderItem(Followed, Table):
    """One booking at one provider, with everything about it as it was when it was chosen.

    `booking_uuid` is ours, and the provider's idempotency key; a hold that ended is taken again under a new one.
    `needs_release` is set where the provider may still hold or have sold what the buyer will not get.
    `payment_id` is the payment that includes it; `sold_at` is when its price was captured (or, free, given): from then
    on it is owed tickets or its money. `visited_at` is when its commission was earned, and `commission_payout_id` with
    what it was paid out.
    """

    __tablename__ = "order_item"

    order_item_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    reseller_id: Mapped[str]
    ordinal: Mapped[int]
    state: Mapped[str]
    connection_id: Mapped[str]
    provider_product_id: Mapped[str]
    provider_option_id: Mapped[str]
    provider_availability_id: Mapped[str]
    product_id: Mapped[str]
    option_id: Mapped[str]
    slot_id: Mapped[str]
    place_id: Mapped[str]
    city_id: Mapped[str]
    country_code: Mapped[str]
    supplier_name: Mapped[str]
    product_title: Mapped[str]
    product_slug: Mapped[str]
    option_title: Mapped[str]
    place_name: Mapped[str]
    street_address: Mapped[str | None]
    city_name: Mapped[str]
    cover_media_id: Mapped[str | None]
    local_date: Mapped[date]
    local_start_time: Mapped[str]
    local_end_time: Mapped[str]
    is_all_day: Mapped[bool]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str]
    cancellation_cutoff_seconds: Mapped[int | None] = mapped_column(BigInteger)
    confirms_at_once: Mapped[bool]
    booking_uuid: Mapped[UUID] = mapped_column(unique=True)
    attempt: Mapped[int] = mapped_column(server_default="1")
    provider_booking_id: Mapped[str | None]
    supplier_reference: Mapped[str | None]
    hold_expires_at: Mapped[datetime | None]
    confirm_by: Mapped[datetime | None]
    needs_release: Mapped[bool] = mapped_column(server_default="false")
    failure: Mapped[str | None]
    payment_id: Mapped[str | None]
    sold_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    visited_at: Mapped[datetime | None]
    commission_payout_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        _of("shop_order"),
        _of("commission_payout"),
        UniqueConstraint("order_item_id", "reseller_id"),
        UniqueConstraint("order_id", "ordinal"),
        Index(None, "reseller_id", "local_date"),
        Index(
            "order_item_not_visited_idx",
            "ends_at",
            postgresql_where="visited_at IS NULL AND sold_at IS NOT NULL AND state IN ('CONFIRMED', 'REDEEMED')",
        ),
        Index(
            "order_item_commission_owed_idx",
            "reseller_id",
            postgresql_where="visited_at IS NOT NULL AND commission_payout_id IS NULL",
        ),
        one_of("state", ItemState),
    )


class OrderLine(Followed, Table):
    """One kind of ticket of an item. Amounts are of all `quantity` tickets together, in the order's currency."""

    __tablename__ = "order_line"

    order_line_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    order_item_id: Mapped[str]
    reseller_id: Mapped[str]
    ordinal: Mapped[int]
    unit_id: Mapped[str]
    provider_unit_id: Mapped[str]
    unit_type: Mapped[str]
    unit_title: Mapped[str]
    quantity: Mapped[int]
    original_minor: Mapped[int] = mapped_column(BigInteger)
    retail_minor: Mapped[int] = mapped_column(BigInteger)
    net_minor: Mapped[int] = mapped_column(BigInteger)
    asked_minor: Mapped[int] = mapped_column(BigInteger)
    discount_minor: Mapped[int] = mapped_column(BigInteger)
    commission_minor: Mapped[int] = mapped_column(BigInteger)
    platform_fee_minor: Mapped[int] = mapped_column(BigInteger)
    payment_fee_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    sponsored_minor: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        _of("order_item"),
        UniqueConstraint("order_item_id", "ordinal"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint(
            "asked_minor + sponsored_minor = net_minor + commission_minor + platform_fee_minor + payment_fee_minor",
            name="amounts",
        ),
    )


class Ticket(Table):
    """What admits one unit, or the whole booking where `provider_unit_id` is empty. `format` is OCTO's."""

    __tablename__ = "ticket"

    ticket_id: Mapped[str] = mapped_column(primary_key=True)
    order_item_id: Mapped[str]
    reseller_id: Mapped[str]
    ordinal: Mapped[int]
    provider_unit_id: Mapped[str | None]
    format: Mapped[str]
    value: Mapped[str]

    __table_args__ = (_of("order_item"), UniqueConstraint("order_item_id", "ordinal"))


class Payment(Followed, Table):
    """One Stripe checkout session and what it led to. `payment_id` is the idempotency key of everything about it.

    `page` is what the session was asked with beside the order itself, so that the same can be asked again.
    """

    __tablename__ = "payment"

    payment_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    reseller_id: Mapped[str]
    status: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    captured_minor: Mapped[int] = mapped_column(BigInteger, server_default="0")
    page: Mapped[dict[str, str]] = mapped_column(JSONB)
    session_id: Mapped[str | None] = mapped_column(unique=True)
    session_url: Mapped[str | None]
    intent_id: Mapped[str | None] = mapped_column(unique=True)
    charge_id: Mapped[str | None] = mapped_column(unique=True)
    method: Mapped[str | None]
    balance_transaction_id: Mapped[str | None] = mapped_column(unique=True)
    fee_minor: Mapped[int | None] = mapped_column(BigInteger)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        _of("shop_order"),
        UniqueConstraint("payment_id", "reseller_id"),
        Index(
            "payment_one_live_key",
            "order_id",
            unique=True,
            postgresql_where="status IN ('OPENING', 'OPEN', 'AUTHORISED', 'CAPTURED')",
        ),
        one_of("status", PaymentStatus),
        CheckConstraint("amount_minor > 0 AND captured_minor BETWEEN 0 AND amount_minor", name="amounts"),
    )


class Refund(Followed, Table):
    """Money of one item on its way back. `refund_id` and `attempt` are the idempotency key at Stripe.

    `given_for` and `given_note` are why our people gave it, and what they wrote of it; they stay in the shop database.
    """

    __tablename__ = "refund"

    refund_id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str | None]
    order_id: Mapped[str]
    order_item_id: Mapped[str] = mapped_column(unique=True)
    reseller_id: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
    given_for: Mapped[str | None]
    given_note: Mapped[str | None]
    status: Mapped[str]
    attempt: Mapped[int] = mapped_column(server_default="1")
    stripe_refund_id: Mapped[str | None] = mapped_column(unique=True)
    balance_transaction_id: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        _of("shop_order"),
        _of("order_item"),
        _of("payment"),
        Index(None, "order_id"),
        one_of("status", RefundStatus),
        one_of("reason", RefundReason),
        CheckConstraint("amount_minor >= 0", name="amount_minor"),
        # A free item's refund is of nothing, and asks nobody.
        CheckConstraint("amount_minor = 0 OR payment_id IS NOT NULL", name="payment_id"),
    )


class LedgerPosting(Followed, Table):
    """One side of a movement of money. Rows are only ever added; those of an order add up to zero.

    `entry` names the movement (`sale:itm_...`), so that none is booked twice.
    """

    __tablename__ = "ledger_posting"

    posting_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    reseller_id: Mapped[str]
    order_id: Mapped[str]
    order_item_id: Mapped[str | None]
    entry: Mapped[str]
    account: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    booked_at: Mapped[datetime]

    __table_args__ = (
        _of("shop_order"),
        UniqueConstraint("order_id", "entry", "account"),
        # None by reseller: row-level security would read it, whole, for each posting that a commit checks.
        one_of("account", LedgerAccount),
        CheckConstraint("amount_minor <> 0", name="amount_minor"),
    )


class CommissionPayout(Table):
    """Commission that left for a reseller's bank, as our people recorded it; `reference` is what the transfer says."""

    __tablename__ = "commission_payout"

    commission_payout_id: Mapped[str] = mapped_column(primary_key=True)
    reseller_id: Mapped[str] = mapped_column(ForeignKey("reseller.reseller_id"))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    currency_precision: Mapped[int]
    reference: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("commission_payout_id", "reseller_id"),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
    )


class StripeEvent(Table):
    """What Stripe told us, once per event. Only whom to wake: the truth is asked, so nothing else is kept."""

    __tablename__ = "stripe_event"

    event_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    object_id: Mapped[str]
    order_id: Mapped[str | None]
    created_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Mail(Table):
    """A message owed to a buyer; `occasion` makes each one be sent once."""

    __tablename__ = "mail"

    mail_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    reseller_id: Mapped[str]
    kind: Mapped[str]
    occasion: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sent_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    __table_args__ = (
        _of("shop_order"),
        UniqueConstraint("order_id", "occasion"),
        one_of("kind", MailKind),
    )
