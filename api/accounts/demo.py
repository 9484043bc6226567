"""Sign-ins to try the platform with. demo resellers -> accounts, and <home>/demo-sign-ins.json for people to read"""

import os
from collections.abc import Sequence
from pathlib import Path

import psycopg
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import text

from api.accounts.passwords import hash_password, new_password
from core.db.addresses import Database, database_url
from core.db.sessions import ShopDatabase
from core.domain.ids import Prefix, new_id
from core.domain.roles import AccountRole
from core.errors import SettingsError
from core.settings import Environment, Settings

SIGN_INS_FILE = "demo-sign-ins.json"
OUR_PEOPLE = {"analyst@tiqzy.example": AccountRole.ANALYST, "staff@tiqzy.example": AccountRole.STAFF}

# The file's password wins: after it was lost, a new one is made and the account follows.
_OF_RESELLER = text(
    """
    INSERT INTO account (account_id, reseller_id, email, password_hash, role)
    VALUES (:account_id, :reseller_id, :email, :password_hash, :role)
    ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash
    """
)
_OURS = """
    INSERT INTO account (account_id, reseller_id, email, password_hash, role) VALUES (%s, NULL, %s, %s, %s)
    ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash
"""


class DemoReseller(BaseModel):
    reseller_id: str
    name: str
    slug: str


class DemoSignIn(BaseModel):
    email: str
    password: str
    role: AccountRole
    reseller: str | None


_SIGN_INS = TypeAdapter(list[DemoSignIn])


async def ensure_demo_accounts(
    settings: Settings, database: ShopDatabase, resellers: Sequence[DemoReseller]
) -> list[DemoSignIn]:
    """An owner for each reseller, an analyst and one of our staff; run as often as you like.

    Passwords are random for each home and stay the same there. SettingsError in production.
    """
    if settings.environment is Environment.PRODUCTION:
        raise SettingsError("demo sign-ins are not made in production")
    file = settings.home / SIGN_INS_FILE
    known = {sign_in.email: sign_in.password for sign_in in read_demo_sign_ins(settings.home)}
    sign_ins = [_sign_in(f"owner@{one.slug}.example", AccountRole.OWNER, one.name, known) for one in resellers]
    ours = [_sign_in(email, role, None, known) for email, role in OUR_PEOPLE.items()]
    # Kept first: a password that is only in the database helps nobody.
    _write_private(file, _SIGN_INS.dump_json(sign_ins + ours, indent=2))
    for reseller, sign_in in zip(resellers, sign_ins, strict=True):
        await _make_of_reseller(database, reseller.reseller_id, sign_in)
    await _make_ours(settings, ours)
    return sign_ins + ours


def read_demo_sign_ins(home: Path) -> list[DemoSignIn]:
    """What was made in this home; empty before."""
    file = home / SIGN_INS_FILE
    return _SIGN_INS.validate_json(file.read_bytes()) if file.exists() else []


def _sign_in(email: str, role: AccountRole, reseller: str | None, known: dict[str, str]) -> DemoSignIn:
    return DemoSignIn(email=email, password=known.get(email) or new_password(), role=role, reseller=reseller)


async def _make_of_reseller(database: ShopDatabase, reseller_id: str, sign_in: DemoSignIn) -> None:
    async with database.tenant_session(reseller_id) as session:
        await session.execute(
            _OF_RESELLER,
            {
                "account_id": new_id(Prefix.ACCOUNT),
                "reseller_id": reseller_id,
                "email": sign_in.email,
                "password_hash": hash_password(sign_in.password),
                "role": sign_in.role.value,
            },
        )


async def _make_ours(settings: Settings, sign_ins: Sequence[DemoSignIn]) -> None:
    """As the database's owner: no tenant, and so not the API, may make our own people."""
    address = database_url(Database.SHOP, settings)
    async with await psycopg.AsyncConnection.connect(address) as connection:
        for sign_in in sign_ins:
            values = (new_id(Prefix.ACCOUNT), sign_in.email, hash_password(sign_in.password), sign_in.role.value)
            await connection.execute(_OURS, values)


def _write_private(file: Path, content: bytes) -> None:
    """Readable by its owner alone, from the first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    part.replace(file)
