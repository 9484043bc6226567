"""What must be known before there is a tenant. functions of the shop database -> which shop, who signs in"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.roles import AccountRole


@dataclass(frozen=True, slots=True)
class ShopKey:
    """Enough to open the tenant's session, and to know whether a page rendered earlier is still good."""

    shop_id: str
    reseller_id: str
    slug: str
    revision: int


@dataclass(frozen=True, slots=True)
class AccountKey:
    """`reseller_id` is None for our own people."""

    account_id: str
    reseller_id: str | None
    email: str
    role: AccountRole
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    account_id: str
    reseller_id: str | None
    email: str
    role: AccountRole
    expires_at: datetime


async def find_shop(session: AsyncSession, *, host: str | None = None, slug: str | None = None) -> ShopKey | None:
    """The shop of this host name, or else of this slug."""
    query = text("SELECT shop_id, reseller_id, slug, revision FROM find_shop(:host, :slug)")
    row = (await session.execute(query, {"host": host, "slug": slug})).one_or_none()
    return ShopKey(*row) if row else None


async def find_account(session: AsyncSession, email: str) -> AccountKey | None:
    query = text("SELECT account_id, reseller_id, email, role, password_hash FROM find_account(:email)")
    row = (await session.execute(query, {"email": email})).one_or_none()
    return AccountKey(row[0], row[1], row[2], AccountRole(row[3]), row[4]) if row else None


async def open_session(session: AsyncSession, session_hash: str, account_id: str, until: datetime) -> None:
    """Remember a sign-in and forget the account's ended ones; `session_hash` is the cookie's SHA-256 in hexadecimal."""
    values = {"hash": session_hash, "account_id": account_id, "until": until}
    await session.execute(text("SELECT open_session(:hash, :account_id, :until)"), values)


async def find_session(session: AsyncSession, session_hash: str, at: datetime) -> SignedIn | None:
    """Who this is, when the sign-in has not ended by `at`."""
    query = text("SELECT account_id, reseller_id, email, role, expires_at FROM find_session(:hash, :at)")
    row = (await session.execute(query, {"hash": session_hash, "at": at})).one_or_none()
    return SignedIn(row[0], row[1], row[2], AccountRole(row[3]), row[4]) if row else None


async def close_session(session: AsyncSession, session_hash: str) -> None:
    await session.execute(text("SELECT close_session(:hash)"), {"hash": session_hash})
