"""The sandbox as one web application. World + suppliers -> /octo/<supplier>, /stripe, /mailbox, /control, /media, /"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from core.domain.clock import Clock, utc_now
from sandbox.artwork.endpoints import Gallery
from sandbox.control.endpoints import ControlDesk, ShiftedClock
from sandbox.mailbox.desk import MailDesk
from sandbox.mailbox.letters import Mailbox
from sandbox.mailbox.server import receiving
from sandbox.providers.book import Book, StateFile
from sandbox.providers.endpoints import routes
from sandbox.providers.gate import Gate
from sandbox.providers.profiles import PROFILES
from sandbox.providers.supplier import open_supplier
from sandbox.stripe.account import Account, StripeOptions
from sandbox.stripe.desk import StripeDesk
from sandbox.stripe.server import mount, open_account, telling
from sandbox.world.world import build_world

# What runs as long as the application does.
Life = Callable[[Starlette], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, kw_only=True)
class SandboxOptions:
    """`keys` has one API key per supplier to open; `place_count` None is the whole world, `stripe` None no Stripe.

    `smtp_port` None is no mailbox, 0 one at a port that is free: `app.state.smtp_port` once it runs.
    """

    public_url: str
    keys: Mapping[str, str]
    seed: int = 1
    place_count: int | None = None
    state_file: Path | None = None
    stripe: StripeOptions | None = None
    smtp_port: int | None = None


def create_app(options: SandboxOptions, *, clock: Clock = utc_now) -> Starlette:
    world = build_world(options.seed, place_count=options.place_count)
    state = StateFile(options.state_file) if options.state_file else None
    shifted = ShiftedClock(clock)
    suppliers = {
        code: open_supplier(world, PROFILES[code], public_url=options.public_url, clock=shifted, book=Book(code, state))
        for code in options.keys
    }
    gates = [
        Mount(f"/octo/{code}", app=Gate(Starlette(routes=routes(supplier)), supplier, options.keys[code]))
        for code, supplier in suppliers.items()
    ]
    gallery = Gallery(world.places, [supplier.profile for supplier in suppliers.values()])
    media = Route("/media/{name}.jpg", gallery.picture, methods=["GET"])
    account = _stripe(options, shifted)
    stripe_desk = StripeDesk(account) if account else None
    mail_desk = MailDesk(Mailbox(shifted)) if options.smtp_port is not None else None
    desk = ControlDesk(suppliers, shifted, stripe_desk, mail_desk)
    lives = [telling(account)]
    if mail_desk and options.smtp_port is not None:
        lives.append(receiving(mail_desk.mailbox, options.smtp_port))
    return Starlette(
        routes=[*gates, *([mount(account)] if account else []), media, *desk.routes()], lifespan=_all_of(lives)
    )


def _all_of(lives: Sequence[Life]) -> Life:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for life in lives:
                await stack.enter_async_context(life(app))
            yield

    return lifespan


def _stripe(options: SandboxOptions, clock: Clock) -> Account | None:
    if options.stripe is None:
        return None
    url = f"{options.public_url}/stripe"
    return open_account(options.stripe, url=url, seed=options.seed, clock=clock, state=options.state_file)
