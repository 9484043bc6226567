"""Simulated visitors: `python -m sandbox.visitors --shop herengracht --rate 6`"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from random import Random

from sandbox.visitors.street import Street


def main() -> int:
    arguments = _parser().parse_args()
    fronts = [f"{arguments.shop_url}/s/{slug}/" for slug in arguments.shop]
    try:
        asyncio.run(_walk(fronts, arguments.rate, arguments.visits))
    except KeyboardInterrupt:
        return 0
    return 0


async def _walk(fronts: Sequence[str], rate: float, visits: int | None) -> None:
    street = Street(fronts, Random(), say=_say)  # noqa: S311 - nobody is to guess anything
    await street.open(rate, visits)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox.visitors", description="Visitors who browse and buy.")
    parser.add_argument("--shop-url", default="http://127.0.0.1:8000", metavar="URL", help="where the shops are")
    parser.add_argument(
        "--shop", action="append", required=True, metavar="SLUG", help="whom to visit; several may be named"
    )
    parser.add_argument("--rate", type=float, default=6, metavar="N", help="visits a minute, 6 by default")
    parser.add_argument("--visits", type=int, metavar="N", help="end after so many; left out, never")
    return parser


if __name__ == "__main__":
    sys.exit(main())
