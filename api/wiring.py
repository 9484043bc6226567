"""Builds what the API is made of, once per process, and alone knows the connectors. settings -> Platform"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from api.accounts.door import Door
from api.accounts.repository import AccountRepository
from api.accounts.service import AccountService
from api.availability.live import LiveAvailability
from api.availability.service import AvailabilityService
from api.catalog.releases import ReleaseWatch
from api.catalog.service import CatalogService
from api.checkout.empty_orders import EmptyOrders
from api.checkout.repository import CartRepository
from api.checkout.service import CheckoutService
from api.commission.repository import CommissionRepository
from api.commission.service import CommissionService
from api.demand.counter import DemandCounter
from api.demand.repository import DemandRepository
from api.jobs import Jobs
from api.mail.transport import SmtpTransport
from api.media.fetching import PictureFetcher
from api.media.service import MediaService
from api.media.store import PictureStore
from api.orders.letters import Letters
from api.orders.repository import OrderRepository
from api.orders.service import OrderService
from api.pages.assets import Assets
from api.pages.rendering import Pages
from api.payments.gateway import StripeGateway
from api.payments.repository import StripeEventRepository
from api.payments.service import StripeEventService
from api.sale.bookings import Bookings
from api.sale.payments import Payments
from api.sale.refunds import Refunds
from api.sale.repository import SaleRepository
from api.sale.settlement import Settlement
from api.sale.visits import Visits
from api.shops.directory import ShopDirectory
from api.shops.repository import ShopRepository
from api.staff.repository import StaffRepository
from api.staff.service import StaffService
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.domain.clock import Clock, utc_now
from core.settings import ConnectionSettings, Environment, ProviderKind, Settings
from pipelines.sources.octo.client import OctoClient
from warehouse.readers.catalog import CatalogReader, open_catalog


@dataclass(frozen=True, slots=True)
class Platform:
    """The parts of one process. Nothing in it belongs to a request or a tenant."""

    settings: Settings
    clock: Clock
    database: ShopDatabase
    reader: CatalogReader
    releases: ReleaseWatch
    providers: dict[str, OctoClient]
    shops: ShopRepository
    directory: ShopDirectory
    assets: Assets
    pages: Pages
    catalog: CatalogService
    availability: AvailabilityService
    media: MediaService
    fetcher: PictureFetcher
    accounts: AccountService
    door: Door
    jobs: Jobs
    gateway: StripeGateway
    stripe_events: StripeEventService
    sales: SaleRepository
    bookings: Bookings
    payments: Payments
    refunds: Refunds
    settlement: Settlement
    visits: Visits
    orders: OrderService
    letters: Letters
    staff: StaffService
    commission: CommissionService
    checkout: CheckoutService
    demand: DemandCounter

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Providers' clients are open, the newest release is followed and demand written for as long as this lasts."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.fetcher.close)
            stack.push_async_callback(self.gateway.close)
            for client in self.providers.values():
                await stack.enter_async_context(client)
            await stack.enter_async_context(self.releases.following())
            await stack.enter_async_context(self.demand.flushing())
            yield


def build_platform(settings: Settings, clock: Clock = utc_now) -> Platform:
    """Opens nothing yet, but SettingsError when an address or a key is missing that it cannot do without."""
    address = shop_role_url(settings)
    database, jobs = ShopDatabase(address), Jobs(address)
    reader = open_catalog(settings, settings.home / "cache" / "api")
    providers = {connection.connection_id: _client(connection, clock) for connection in settings.connections}
    shops, assets = ShopRepository(database), Assets()
    catalog = CatalogService(reader, clock, fixed_retail=_fixed_retail(settings))
    pages = Pages(assets, platform_url=shop_url(settings), clock=clock)
    gateway, orders = StripeGateway(settings), OrderRepository(database)
    sales = SaleRepository(database, jobs, clock)
    bookings = Bookings(sales, providers, clock)
    payments, refunds = Payments(sales, bookings, gateway), Refunds(sales, gateway)
    availability = AvailabilityService(catalog, LiveAvailability(providers, clock=clock), clock)
    fetcher = PictureFetcher(_origin(connection.url) for connection in settings.connections)
    return Platform(
        settings=settings,
        clock=clock,
        database=database,
        reader=reader,
        releases=ReleaseWatch(reader),
        providers=providers,
        shops=shops,
        directory=ShopDirectory(shops.find),
        assets=assets,
        pages=pages,
        catalog=catalog,
        availability=availability,
        media=MediaService(reader, fetcher, PictureStore(settings.home / "media")),
        fetcher=fetcher,
        accounts=AccountService(AccountRepository(database), clock=clock),
        door=Door(pages, settings),
        jobs=jobs,
        gateway=gateway,
        stripe_events=StripeEventService(gateway, StripeEventRepository(database, jobs)),
        sales=sales,
        bookings=bookings,
        payments=payments,
        refunds=refunds,
        settlement=Settlement(sales, bookings, payments, refunds, clock=clock),
        visits=Visits(sales),
        orders=OrderService(orders, sales, shops, jobs, clock=clock),
        letters=Letters(orders, shops, SmtpTransport(settings), platform_url=shop_url(settings), clock=clock),
        staff=StaffService(StaffRepository(database), orders, sales, refunds, jobs, clock=clock),
        commission=CommissionService(CommissionRepository(database), clock=clock),
        demand=DemandCounter(DemandRepository(database), clock),
        checkout=CheckoutService(
            CartRepository(database, clock), availability, sales, bookings, payments, EmptyOrders(clock)
        ),
    )


def shop_url(settings: Settings) -> str:
    """Where people reach the platform; this machine while nothing else is set."""
    return settings.shop_url or f"http://localhost:{settings.shop_port}"


def is_production(settings: Settings) -> bool:
    return settings.environment is Environment.PRODUCTION


def platform_of(request: Request) -> Platform:
    platform: Platform = request.app.state.platform
    return platform


def renderer(request: Request) -> Pages:
    return platform_of(request).pages


def catalog_service(request: Request) -> CatalogService:
    return platform_of(request).catalog


def availability_service(request: Request) -> AvailabilityService:
    return platform_of(request).availability


def checkout_service(request: Request) -> CheckoutService:
    return platform_of(request).checkout


def media_service(request: Request) -> MediaService:
    return platform_of(request).media


def account_service(request: Request) -> AccountService:
    return platform_of(request).accounts


def order_service(request: Request) -> OrderService:
    return platform_of(request).orders


def staff_service(request: Request) -> StaffService:
    return platform_of(request).staff


def commission_service(request: Request) -> CommissionService:
    return platform_of(request).commission


def stripe_event_service(request: Request) -> StripeEventService:
    return platform_of(request).stripe_events


def door(request: Request) -> Door:
    return platform_of(request).door


def _fixed_retail(settings: Settings) -> frozenset[str]:
    return frozenset(one.connection_id for one in settings.connections if one.has_fixed_retail)


def _client(connection: ConnectionSettings, clock: Clock) -> OctoClient:
    match connection.provider:
        case ProviderKind.OCTO:
            return OctoClient(connection, clock=clock)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
