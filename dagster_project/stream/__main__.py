"""`python -m dagster_project.stream`: keeps the figures as fresh as the sales, until SIGINT or SIGTERM."""

import signal
import sys

import dagster as dg
import structlog

from core.errors import PlatformError
from core.logs import log_as_server
from core.settings import Settings, settings
from dagster_project.runs import open_instance
from dagster_project.stream.batch import Batches
from dagster_project.stream.changes import ShopChanges
from dagster_project.stream.worker import Stream
from warehouse.locks import alone
from warehouse.sales import SalesBuilder

log = structlog.get_logger("dagster_project.stream")


def main() -> int:
    """0 when somebody asked it to stop; what it had not finished, the next start does."""
    log_as_server()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _stream(settings())
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError):
        log.info("stream stops")
    return 0


def _stream(settings: Settings) -> None:
    with (
        ShopChanges(settings) as changes,
        alone("sales stream", settings),
        open_instance(settings) as instance,
        SalesBuilder(settings) as builder,
    ):
        batches = Batches(settings, instance, builder)
        batches.close_abandoned()
        log.info("stream starts")
        Stream(settings, changes, batches).run()


if __name__ == "__main__":
    sys.exit(main())
