"""Signing in, staying signed in, signing out; knows no HTTP."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

import structlog

from api.accounts.attempts import AttemptLimit
from api.accounts.errors import NotSignedIn, SignInRefused
from api.accounts.passwords import PasswordCheck
from api.accounts.repository import AccountRepository
from api.accounts.schemas import Me, OwnShop
from core.domain.clock import Clock, utc_now

log = structlog.get_logger("api.accounts")

SESSION_LIFETIME = timedelta(days=14)
ATTEMPT_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_EMAIL = 10
# More, because the people of one hotel share an address.
ATTEMPTS_PER_ADDRESS = 40


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody sent; `address` is where it came from."""

    email: str
    password: str = field(repr=False)
    address: str


class AccountService:
    def __init__(self, repository: AccountRepository, *, clock: Clock = utc_now) -> None:
        self._repository = repository
        self._clock = clock
        self._passwords = PasswordCheck()
        self._by_email = AttemptLimit(ATTEMPTS_PER_EMAIL, ATTEMPT_WINDOW, clock=clock)
        self._by_address = AttemptLimit(ATTEMPTS_PER_ADDRESS, ATTEMPT_WINDOW, clock=clock)

    async def sign_in(self, credentials: Credentials, *, replaces: str | None = None) -> str:
        """The token of a new session, for the cookie alone; the one the browser brought (`replaces`) ends.

        SignInRefused or TooManyAttempts; neither tells whether the e-mail is known.
        """
        email = credentials.email.strip().lower()
        self._by_address.take(network_of(credentials.address))
        self._by_email.take(email)
        account = await self._repository.account(email)
        is_right = await self._passwords.matches(credentials.password, account.password_hash if account else None)
        if account is None or not is_right:
            log.info("sign-in refused", address=credentials.address)
            raise SignInRefused("Check both and try again.")
        self._by_email.forget(email)
        token = secrets.token_urlsafe(32)
        await self._repository.replace_session(
            _hash(replaces) if replaces else None, _hash(token), account.account_id, self._clock() + SESSION_LIFETIME
        )
        log.info("signed in", account_id=account.account_id)
        return token

    async def sign_out(self, token: str) -> None:
        """End the session; one that is unknown is ended already."""
        await self._repository.close_session(_hash(token))

    async def me(self, token: str | None) -> Me:
        """Who the token belongs to; NotSignedIn for none, an unknown or an ended one."""
        signed_in = await self._repository.signed_in(_hash(token), self._clock()) if token else None
        if signed_in is None:
            raise NotSignedIn("There is no session, or it has ended.")
        name: str | None = None
        shops: list[OwnShop] = []
        if signed_in.reseller_id:
            name, shops = await self._repository.reseller(signed_in.reseller_id)
        return Me(
            account_id=signed_in.account_id,
            email=signed_in.email,
            role=signed_in.role,
            reseller_id=signed_in.reseller_id,
            reseller_name=name,
            shops=shops,
        )


def network_of(address: str) -> str:
    """What one visitor can hardly change: the address, or of IPv6 the /64 that a provider hands out."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(int(parsed) >> 64) if isinstance(parsed, IPv6Address) else str(parsed)


def _hash(token: str) -> str:
    # The token has 256 random bits: a slow hash would add nothing.
    return hashlib.sha256(token.encode()).hexdigest()
