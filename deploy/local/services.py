"""Every process of the platform on one machine: its command, and the page that shows that it answers."""

from dataclasses import dataclass

from api.demo_shops import demo_shops
from core.settings import ConnectionSettings, Settings
from dagster_project.home import prepare_home, prepare_workspace
from deploy.local.children import Command
from deploy.local.home_settings import write_private

LOOPBACK = "127.0.0.1"
MONTHS_OF_HISTORY = 13
# Dagster opens a connection for each event it stores; a load of 120 days is some hundreds of them.
EVENTS_IN_BATCHES = {"DAGSTER_EVENT_BATCH_SIZE": "500"}


@dataclass(frozen=True)
class Service:
    """`page` is what a person opens; `ready_url` answers 200 once the process does its work."""

    command: Command
    page: str
    ready_path: str = "/"

    @property
    def ready_url(self) -> str:
        return self.page + self.ready_path


def sandbox(settings: Settings, places: int | None = None) -> Service:
    """The stand-in for the providers, for Stripe and for a mail server.

    Its keys reach it in a file, as anybody may list command lines. What it sold it keeps in the home, as the shop keeps
    its orders.
    """
    keys = [word for connection in settings.connections for word in ("--key", _key(connection))]
    secrets = settings.home / "sandbox.arguments"
    write_private(secrets, [*keys, *_stripe(settings)])
    size = ["--places", str(places)] if places else []
    state = ("--state", str(settings.home / "sandbox.sqlite"))
    mailbox = ("--smtp-port", str(smtp_port(settings)))
    arguments = ("-m", "sandbox", "--port", str(settings.sandbox_port), f"@{secrets}", *size, *state, *mailbox)
    return Service(Command("sandbox", arguments), sandbox_page(settings))


def sandbox_page(settings: Settings) -> str:
    return _page(settings.sandbox_port)


def smtp_port(settings: Settings) -> int:
    return settings.sandbox_port + 1


def shop(settings: Settings) -> Service:
    port = str(settings.shop_port)
    # The application logs its requests itself.
    quiet = ("--no-access-log", "--log-level", "warning")
    arguments = ("-m", "uvicorn", "api.app:create_app", "--factory", "--host", LOOPBACK, "--port", port, *quiet)
    return Service(Command("shop", arguments), _page(settings.shop_port), "/readyz")


def worker() -> Command:
    """Does the jobs that sales leave behind."""
    return Command("worker", ("-m", "api.worker"))


def stream() -> Command:
    """Brings what is sold to the figures."""
    return Command("stream", ("-m", "dagster_project.stream"), EVENTS_IN_BATCHES)


def dashboards(settings: Settings) -> Service:
    arguments = ("-m", "dashboards", "--host", LOOPBACK, "--port", str(settings.dashboards_port))
    return Service(Command("dashboards", arguments), _page(settings.dashboards_port), "/_stcore/health")


def seed() -> Command:
    """Makes the demo shops and, once there is a catalogue, their last 30 days; ends by itself."""
    return Command("seed", ("-m", "api.seed", "--months", "1"))


def history() -> Command:
    """Makes what lies further back; ends by itself, and goes on where it was interrupted."""
    return Command("history", ("-m", "api.seed", "--months", str(MONTHS_OF_HISTORY)))


def visitors(settings: Settings, rate: float) -> Command:
    """Simulated people, `rate` a minute, who browse and buy in the demo shops."""
    shops = [word for draft in demo_shops() for word in ("--shop", draft.slug)]
    where = ("--shop-url", _page(settings.shop_port), "--rate", f"{rate:g}")
    return Command("visitors", ("-m", "sandbox.visitors", *where, *shops))


def load() -> Command:
    """Loads everything once and publishes it; ends by itself."""
    return Command("load", ("-m", "dagster_project.first_load"), EVENTS_IN_BATCHES)


def dagster_page(settings: Settings) -> str:
    return _page(settings.dagster_port)


def dagster(settings: Settings) -> tuple[Service, ...]:
    """Code server, daemon and page, the page last; the code server holds the definitions for the other two."""
    home = prepare_home(settings)
    environment = {"DAGSTER_HOME": str(home), **EVENTS_IN_BATCHES}
    page_port, code_port = str(settings.dagster_port), str(settings.dagster_port + 1)
    workspace = ("-w", str(prepare_workspace(home, settings.dagster_port + 1)))
    serve = ("-m", "dagster", "api", "grpc", "-m", "dagster_project.code_location")
    code = (*serve, "-h", LOOPBACK, "-p", code_port)
    daemon = ("-m", "dagster._daemon", "run", *workspace)
    page = ("-m", "dagster_webserver", "-h", LOOPBACK, "-p", page_port, *workspace)
    return (
        Service(Command("dagster-code", code, environment), _page(settings.dagster_port + 1)),
        Service(Command("dagster-daemon", daemon, environment), _page(settings.dagster_port)),
        Service(Command("dagster-page", page, environment), _page(settings.dagster_port), "/server_info"),
    )


def _page(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def _key(connection: ConnectionSettings) -> str:
    return f"{connection.connection_id}={connection.api_key.get_secret_value()}"


def _stripe(settings: Settings) -> tuple[str, ...]:
    """The sandbox's Stripe, where the settings point at one."""
    if settings.stripe_url is None or settings.stripe_key is None or settings.stripe_webhook_secret is None:
        return ()
    return (
        "--stripe-key",
        settings.stripe_key.get_secret_value(),
        "--stripe-webhook-secret",
        settings.stripe_webhook_secret.get_secret_value(),
        "--stripe-webhook-url",
        f"{_page(settings.shop_port)}/webhooks/stripe",
    )
