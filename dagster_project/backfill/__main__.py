"""`python -m dagster_project.backfill --from 2026-12-01 --to 2026-12-31 --what availability|prices|sales [--again]`"""

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from core.domain.clock import utc_now
from core.errors import PlatformError
from core.logs import log_as_command
from core.settings import Settings, settings
from dagster_project.backfill.request import BadRequest, Request, parse_request
from dagster_project.backfill.steps import Backfill
from dagster_project.definitions import platform_definitions
from dagster_project.runs import open_instance, say

INTERRUPTED = 130


def main() -> int:
    """Exit code 0 when every day is loaded and published, 1 with a sentence when not, 130 when interrupted."""
    log_as_command()
    arguments = _arguments()
    try:
        request = parse_request(arguments.what, arguments.first, arguments.last, today=utc_now().date())
        _carry_out(request, settings(), is_again=arguments.again)
    except PlatformError as error:
        sys.stderr.write(f"backfill: {error}\n")
        return 1
    except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError):
        sys.stderr.write("backfill: interrupted; the same command goes on from here\n")
        return INTERRUPTED
    return 0


def _carry_out(request: Request, settings: Settings, *, is_again: bool) -> None:
    with open_instance(settings) as instance, _alone(settings):
        say(f"{request.what} of {request.first} to {request.last}")
        Backfill(platform_definitions(settings), instance, request, say).run(is_again=is_again)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold the machine's one place for a backfill; the kernel frees it however the process ends."""
    with (settings.home / "dagster" / "backfill.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadRequest("another backfill is running; wait for it, or watch it on Dagster's page") from None
        yield


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="backfill", description="Load days again: visits from every supplier, or sales from the shop."
    )
    parser.add_argument("--from", dest="first", required=True, metavar="DAY", help="first day, as 2026-12-01")
    parser.add_argument("--to", dest="last", required=True, metavar="DAY", help="last day, included")
    parser.add_argument(
        "--what", required=True, help="availability (bookable times), prices (calendar days) or sales (business days)"
    )
    parser.add_argument("--again", action="store_true", help="load days again that an interrupted backfill had done")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
