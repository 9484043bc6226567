"""Compares every order's ledger with its sale and with Stripe. exit code 1 where they differ

`python -m api.ledger reconcile [--since 2026-11-01]`
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from api.ledger.service import reconcile
from api.ledger.shapes import Difference
from api.wiring import build_platform
from core.errors import PlatformError
from core.logs import log_as_command
from core.settings import Settings, settings


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m api.ledger", description="The books of every reseller.")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("reconcile", help="compare ledger, sales and Stripe, and name what differs")
    command.add_argument("--since", type=_day, help="only orders made from this day on (UTC), as 2026-11-01")
    chosen = parser.parse_args(arguments)
    log_as_command()
    try:
        differences = asyncio.run(_reconciled(settings(), chosen.since))
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for difference in differences:
        sys.stdout.write(f"{difference}\n")
    verdict = f"{len(differences)} differences" if differences else "ledger, sales and Stripe agree"
    sys.stdout.write(f"{verdict}\n")
    return 1 if differences else 0


async def _reconciled(chosen: Settings, since: datetime | None) -> tuple[Difference, ...]:
    platform = build_platform(chosen)
    async with platform.running():
        return await reconcile(platform, since)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
