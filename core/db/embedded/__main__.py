"""`python -m core.db.embedded start|stop|status|delete`: the embedded server by hand."""

import argparse
import sys

from core.db.embedded.server import EmbeddedServer
from core.errors import DatabaseError
from core.settings import settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m core.db.embedded", description=__doc__)
    parser.add_argument("action", choices=("start", "stop", "status", "delete"))
    action = parser.parse_args().action
    try:
        sys.stdout.write(f"{_perform(action, EmbeddedServer(settings().home))}\n")
    except DatabaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _perform(action: str, server: EmbeddedServer) -> str:
    if action == "stop":
        server.stop()
        return "stopped"
    if action == "delete":
        server.delete()
        return "deleted"
    address = server.start() if action == "start" else server.address()
    return f"running, socket in {address.socket_folder}" if address else "not running"


if __name__ == "__main__":
    sys.exit(main())
