"""The shop's HTTP application. uvicorn -> layers (demand, repeated, context, limits, tenant, page cache) -> features

`uvicorn api.app:create_app --factory`
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from api.accounts import endpoints as accounts
from api.availability import endpoints as availability
from api.catalog import endpoints as catalog
from api.catalog import pages as catalog_pages
from api.checkout import endpoints as checkout
from api.checkout import pages as checkout_pages
from api.commission import endpoints as commission
from api.delivery.limits import LimitRequests
from api.delivery.page_cache import PageCache
from api.delivery.repeated_requests import RepeatedRequests
from api.delivery.request_context import RequestContext
from api.delivery.same_origin import refuse_from_elsewhere
from api.demand.counting import CountDemand
from api.health import endpoints as health
from api.media import endpoints as media
from api.orders import endpoints as orders
from api.orders import pages as order_pages
from api.pages import endpoints as platform_pages
from api.payments import endpoints as payments
from api.shops import endpoints as shops
from api.shops.resolver import PlatformHosts, ShopResolver
from api.staff import endpoints as staff
from api.wiring import Platform, build_platform, is_production, shop_url
from core.logs import log_as_server
from core.settings import Settings, settings
from warehouse.readers.snapshot import leave_out_data_frames

ROUTERS = (
    health.router,
    platform_pages.router,
    accounts.router,
    media.router,
    payments.router,
    commission.router,
    staff.router,
    shops.page_router,
    catalog_pages.router,
    availability.page_router,
    checkout_pages.router,
    order_pages.router,
    shops.json_router,
    catalog.router,
    availability.json_router,
    checkout.router,
    checkout.own_router,
    orders.router,
)


class Application:
    """What the server runs: the framework behind its layers. `platform` and `fastapi` are there for tests."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.fastapi = _fastapi(platform)
        is_live = is_production(platform.settings)
        app: ASGIApp = PageCache(self.fastapi, release=lambda: platform.releases.version)
        hosts = PlatformHosts(shop_url(platform.settings), is_production=is_live)
        app = ShopResolver(app, directory=platform.directory, hosts=hosts)
        app = LimitRequests(app)
        app = RequestContext(app, is_production=is_live)
        app = RepeatedRequests(app, release=lambda: platform.releases.version)
        self._outermost = CountDemand(app, platform.demand)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._outermost(scope, receive, send)


def create_app(chosen: Settings | None = None) -> Application:
    """The application of these settings, else of a process of its own; SettingsError when they do not suffice."""
    log_as_server()
    if chosen is None:
        leave_out_data_frames()
    return Application(build_platform(chosen or settings()))


def _fastapi(platform: Platform) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with platform.running():
            yield

    app = FastAPI(
        title="Tiqzy shop",
        version="1",
        summary="What a shop shows, as JSON.",
        description="Amounts are integers in minor units beside their currency. Errors are RFC 9457 problems.",
        openapi_url="/v1/openapi.json",
        docs_url=None,  # its pages load scripts from other hosts
        redoc_url=None,
        dependencies=[Depends(refuse_from_elsewhere)],
        lifespan=lifespan,
    )
    app.state.platform = platform
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    # FastAPI's documented way to complete its schema.
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
        )
        schema["components"]["schemas"]["Problem"] = problems.Problem.model_json_schema()
        app.openapi_schema = schema
    return app.openapi_schema
