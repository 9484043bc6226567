"""Loads from the command line. `python -m pipelines load catalogue|days|slots|geography|shop|stripe` -> the lake"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from core.domain.clock import utc_now
from core.errors import PlatformError, SettingsError
from core.logs import log_as_command
from core.settings import ConnectionSettings, Settings, settings
from pipelines.loads import (
    CALENDAR_DAYS_AHEAD,
    SLOT_DAYS_AHEAD,
    Availability,
    LoadReport,
    ShopLoad,
    load_availability,
    load_catalogue,
    load_geography,
    load_shop,
    load_shop_days,
    load_stripe,
)

Load = Callable[[], LoadReport | ShopLoad]

ONE_DAY = timedelta(days=1)
DAYS_AHEAD = {Availability.DAYS: CALENDAR_DAYS_AHEAD, Availability.SLOTS: SLOT_DAYS_AHEAD}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything loaded; 1 when a connection failed, after the others had their turn."""
    log_as_command()
    asked = _parser().parse_args(arguments)
    try:
        loads = _loads(asked, settings())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return max([_done(name, load) for name, load in loads.items()], default=0)


def _loads(asked: argparse.Namespace, config: Settings) -> dict[str, Load]:
    """What to do, by the name it is reported under."""
    if asked.what in OF_NO_CONNECTION:
        return {asked.what: OF_NO_CONNECTION[asked.what](asked, config)}
    return {
        f"{connection.connection_id} {asked.what}": _load_of(asked, connection, config)
        for connection in _chosen(config, asked.connection)
    }


def _load_of_shop(asked: argparse.Namespace, config: Settings) -> Load:
    """What changed, or the sold days that were asked for once more."""
    if asked.first is None and asked.last is None:
        return lambda: load_shop(config)
    last = asked.last or utc_now().date() + ONE_DAY
    return lambda: load_shop_days(asked.first or last, last, config)


def _load_of_stripe(asked: argparse.Namespace, config: Settings) -> Load:
    since = datetime.combine(asked.first, time(), UTC) if asked.first else None
    return lambda: load_stripe(config, since)


def _load_of(asked: argparse.Namespace, connection: ConnectionSettings, config: Settings) -> Load:
    if asked.what == "catalogue":
        return lambda: load_catalogue(connection, config, accept_drop=asked.accept_drop)
    what = Availability(asked.what)
    first = asked.first or utc_now().date()
    last = asked.last or first + timedelta(days=DAYS_AHEAD[what] - 1)
    return lambda: load_availability(connection, first, last, what, config, accept_drop=asked.accept_drop)


def _chosen(config: Settings, connection_id: str | None) -> list[ConnectionSettings]:
    chosen = [one for one in config.connections if connection_id in {None, one.connection_id}]
    if not chosen:
        known = ", ".join(one.connection_id for one in config.connections) or "none"
        raise SettingsError(f"no such connection in TIQZY_CONNECTIONS; it has: {known}")
    return chosen


def _done(name: str, load: Load) -> int:
    try:
        report = load()
    except PlatformError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return 1
    rows = ", ".join(f"{table} {count}" for table, count in report.rows.items()) or "nothing new"
    sys.stdout.write(f"{name}: {rows}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipelines", description=__doc__)
    load = parser.add_subparsers(required=True).add_parser("load", help="read from a source into the lake")
    load.add_argument("what", choices=["catalogue", *Availability, *OF_NO_CONNECTION])
    load.add_argument("--connection", help="only this connection; all of them when left out")
    load.add_argument(
        "--from", dest="first", type=date.fromisoformat, help="first local day; when left out, today or what is new"
    )
    load.add_argument("--to", dest="last", type=date.fromisoformat, help="last local day, included")
    load.add_argument(
        "--accept-drop", action="store_true", help="believe that many products, or all their days, are gone"
    )
    return parser


OF_NO_CONNECTION: dict[str, Callable[[argparse.Namespace, Settings], Load]] = {
    "geography": lambda _, config: lambda: load_geography(config),
    "shop": _load_of_shop,
    "stripe": _load_of_stripe,
}


if __name__ == "__main__":
    sys.exit(main())
