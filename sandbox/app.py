"""The sandbox as one web application. World + suppliers -> /octo/<supplier>, /control, /media, /"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from core.domain.clock import Clock, utc_now
from sandbox.artwork.endpoints import Gallery
from sandbox.control.endpoints import ControlDesk, ShiftedClock
from sandbox.providers.book import Book, StateFile
from sandbox.providers.endpoints import routes
from sandbox.providers.gate import Gate
from sandbox.providers.profiles import PROFILES
from sandbox.providers.supplier import open_supplier
from sandbox.stripe.account import Account, StripeOptions
from sandbox.stripe.desk import StripeDesk
from sandbox.stripe.server import mount, open_account, telling
from sandbox.world.world import build_world


@dataclass(frozen=True, kw_only=True)
class SandboxOptions:
    """`keys` has one API key per supplier to open; `place_count` None is the whole world, `stripe` None no Stripe."""

    public_url: str
    keys: Mapping[str, str]
    seed: int = 1
    place_count: int | None = None
    state_file: Path | None = None
    stripe: StripeOptions | None = None


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
    desk = StripeDesk(account) if account else None
    return Starlette(
        routes=[*gates, *([mount(account)] if account else []), media, *ControlDesk(suppliers, shifted, desk).routes()],
        lifespan=telling(account),
    )


def _stripe(options: SandboxOptions, clock: Clock) -> Account | None:
    if options.stripe is None:
        return None
    url = f"{options.public_url}/stripe"
    return open_account(options.stripe, url=url, seed=options.seed, clock=clock, state=options.state_file)
