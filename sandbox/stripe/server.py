"""Stripe as a part of the sandbox's application. StripeOptions -> Account -> /stripe"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from core.domain.clock import Clock
from sandbox.stripe.account import Account, StripeOptions
from sandbox.stripe.endpoints import Api
from sandbox.stripe.pages.endpoints import Counter
from sandbox.stripe.store import Store
from sandbox.stripe.webhooks import Messenger


def open_account(options: StripeOptions, *, url: str, seed: int, clock: Clock, state: Path | None) -> Account:
    return Account(options=options, url=url, seed=seed, store=Store(state), clock=clock)


def mount(account: Account) -> Mount:
    return Mount("/stripe", routes=[*Api(account).routes(), *Counter(account).routes()])


def telling(account: Account | None) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """A lifespan: events are told and time does its work as long as the server runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        if account is None:
            yield
            return
        running = asyncio.create_task(Messenger(account).run())
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    return lifespan
