"""`python -m deploy.local`: run the platform on this machine until Ctrl-C."""

import argparse
import asyncio
import errno
import sys


def main() -> int:
    """The exit code; every expected failure is one sentence on stderr."""
    arguments = _arguments()
    try:
        from core.errors import PlatformError
        from deploy.local.supervisor import run
    except ModuleNotFoundError as error:
        return _fail(f"The environment lacks {error.name}: run `make run`, which repairs it.")
    try:
        asyncio.run(run(sandbox_places=arguments.sandbox_places, visitors=arguments.visitors))
    except PlatformError as error:
        return _fail(str(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _fail("The disk is full: free some space and run again; what was published stays.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("--sandbox-places", type=int, metavar="N", help="a smaller sandbox world, for tests")
    parser.add_argument(
        "--visitors", type=float, metavar="N", help="so many simulated visitors a minute browse and buy"
    )
    return parser.parse_args()


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
