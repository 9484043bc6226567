"""Who sells, and who signs in: resellers, shops, their areas and price rules, accounts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    FetchedValue,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db.tables.base import Followed, Table, one_of
from core.domain.roles import AccountRole


class RuleKind(StrEnum):
    FULL = "FULL"
    MARKUP = "MARKUP"
    DISCOUNT = "DISCOUNT"
    FIXED = "FIXED"
    FREE = "FREE"


class LogoType(StrEnum):
    PNG = "image/png"
    WEBP = "image/webp"
    JPEG = "image/jpeg"


class Reseller(Followed, Table):
    """The tenant: who sells. Its business day, by which its figures are told, is in `time_zone`."""

    __tablename__ = "reseller"

    reseller_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    platform_fee_bps: Mapped[int] = mapped_column(server_default="300")
    payment_fee_bps: Mapped[int] = mapped_column(server_default="200")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        CheckConstraint("reseller_id <> ''", name="reseller_id"),
        CheckConstraint("platform_fee_bps BETWEEN 0 AND 10000", name="platform_fee_bps"),
        CheckConstraint("payment_fee_bps BETWEEN 0 AND 10000", name="payment_fee_bps"),
        CheckConstraint("TIMESTAMP '2000-01-01' AT TIME ZONE time_zone IS NOT NULL", name="time_zone"),
    )


class Shop(Followed, Table):
    """A reseller's microsite: its address, its look, its texts.

    `revision` grows by itself with each change of the shop or its areas; what was rendered for an older one is stale.
    """

    __tablename__ = "shop"

    shop_id: Mapped[str] = mapped_column(primary_key=True)
    reseller_id: Mapped[str] = mapped_column(ForeignKey("reseller.reseller_id"))
    slug: Mapped[str] = mapped_column(unique=True)
    host: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    tagline: Mapped[str] = mapped_column(server_default="")
    intro: Mapped[str] = mapped_column(server_default="")
    logo: Mapped[bytes | None]
    logo_type: Mapped[str | None]
    colour_primary: Mapped[str]
    colour_accent: Mapped[str]
    font: Mapped[str | None]
    locale: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str] = mapped_column(server_default="EUR")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    revision: Mapped[int] = mapped_column(server_default="1", server_onupdate=FetchedValue())
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), server_onupdate=FetchedValue())

    __table_args__ = (
        # What shop_area refers to: a foreign key is not bound by row-level security, so it names the tenant too.
        UniqueConstraint("shop_id", "reseller_id"),
        Index(None, "reseller_id"),
        CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="slug"),
        CheckConstraint("host = lower(host) AND host <> ''", name="host"),
        CheckConstraint("colour_primary ~ '^#[0-9a-f]{6}$' AND colour_accent ~ '^#[0-9a-f]{6}$'", name="colours"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name="logo"),
        one_of("logo_type", LogoType),
    )


class ShopArea(Table):
    """A country a shop offers, or one city of it; a shop without areas offers everything."""

    __tablename__ = "shop_area"

    shop_area_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    shop_id: Mapped[str]
    reseller_id: Mapped[str]
    country_code: Mapped[str]
    city_id: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(["shop_id", "reseller_id"], ["shop.shop_id", "shop.reseller_id"], ondelete="CASCADE"),
        UniqueConstraint("shop_id", "country_code", "city_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("country_code ~ '^[A-Z]{2}$'", name="country_code"),
    )


class PriceRule(Table):
    """What a shop asks for one product, one city's products, or all of its own (core.domain.pricing has the rules).

    Rules are replaced, never edited: what a buyer paid by an older one stands on the order's lines.
    """

    __tablename__ = "price_rule"

    price_rule_id: Mapped[str] = mapped_column(primary_key=True)
    shop_id: Mapped[str]
    reseller_id: Mapped[str]
    city_id: Mapped[str | None]
    product_id: Mapped[str | None]
    kind: Mapped[str]
    bps: Mapped[int | None]
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    currency_precision: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        ForeignKeyConstraint(["shop_id", "reseller_id"], ["shop.shop_id", "shop.reseller_id"], ondelete="CASCADE"),
        UniqueConstraint("shop_id", "city_id", "product_id", postgresql_nulls_not_distinct=True),
        one_of("kind", RuleKind),
        CheckConstraint("city_id IS NULL OR product_id IS NULL", name="subject"),
        CheckConstraint(
            "CASE WHEN kind IN ('MARKUP', 'DISCOUNT') THEN num_nonnulls(bps, amount_minor) = 1"
            " WHEN kind = 'FIXED' THEN bps IS NULL AND amount_minor IS NOT NULL"
            " ELSE num_nonnulls(bps, amount_minor) = 0 END",
            name="fields",
        ),
        CheckConstraint("num_nonnulls(amount_minor, currency, currency_precision) IN (0, 3)", name="money"),
        CheckConstraint("bps > 0 AND (kind <> 'DISCOUNT' OR bps <= 10000)", name="bps"),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("currency_precision BETWEEN 0 AND 4", name="currency_precision"),
    )


class Account(Table):
    """Somebody who signs in: a reseller's people, or our own, who have no reseller."""

    __tablename__ = "account"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    reseller_id: Mapped[str | None] = mapped_column(ForeignKey("reseller.reseller_id"))
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        Index(None, "reseller_id"),
        CheckConstraint("email = lower(email)", name="email"),
        one_of("role", AccountRole),
        CheckConstraint("role <> 'OWNER' OR reseller_id IS NOT NULL", name="owner"),
        CheckConstraint("role <> 'STAFF' OR reseller_id IS NULL", name="staff"),
    )


class AccountSession(Table):
    """A sign-in. `session_hash` is the SHA-256 of what the cookie holds, so that the table opens no door."""

    __tablename__ = "account_session"

    session_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.account_id", ondelete="CASCADE"))
    reseller_id: Mapped[str | None] = mapped_column(ForeignKey("reseller.reseller_id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]

    __table_args__ = (Index(None, "account_id"),)
