"""Loads of what was sold. shop database + settings -> raw shop.*, and the business days that changed

A load that fails raises DatabaseError or CatalogueError; the next one begins where it began.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from core.domain.clock import Clock, utc_now
from core.settings import Settings
from pipelines.destinations import LakePipeline
from pipelines.loads.parts import write_parts
from pipelines.raw_tables import Frames
from pipelines.sources.shop.changes import shop_snapshot
from pipelines.sources.shop.source import shop_source
from pipelines.sources.shop.tables import READS

log = structlog.get_logger("pipelines")


@dataclass(frozen=True, slots=True)
class ShopLoad:
    """Rows written per table, and the business days whose figures are older than them.

    Everything that transactions below `below_xid` wrote is in the lake.
    """

    rows: dict[str, int]
    fetched_at: datetime
    below_xid: int
    touched_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of shop.reads."""

    read_id: int = 0
    below_xid: int = 0


def load_shop(settings: Settings, *, clock: Clock = utc_now) -> ShopLoad:
    """Copy what changed since the last load. When nothing did, the lake is left alone."""
    with LakePipeline("shop", "shop", settings) as lake:
        last, now = _last_read(lake), clock()
        with shop_snapshot(settings) as shop:
            since = last.below_xid
            if since > shop.below_xid:
                log.warning("shop_database_is_another", read_below=since, now_below=shop.below_xid)
                since = 0
            load = ShopLoad({}, now, shop.below_xid, shop.days_touched_since(since))
            return _write(lake, shop.changed_since(since), load, last)


def load_shop_days(first: date, last: date, settings: Settings, *, clock: Clock = utc_now) -> ShopLoad:
    """Copy the orders with something sold on the business days `first` to `last`, both included, once more."""
    with LakePipeline("shop", "shop", settings) as lake:
        last_read, now = _last_read(lake), clock()
        with shop_snapshot(settings) as shop:
            load = ShopLoad({}, now, last_read.below_xid, shop.days_sold_between(first, last))
            return _write(lake, shop.sold_between(first, last), load, last_read)


def _write(lake: LakePipeline, parts: Iterator[Frames], load: ShopLoad, last: _Read) -> ShopLoad:
    rows = write_parts(lake, shop_source, parts, {READS: READS.frame([_row(load, last)])})
    return replace(load, rows=rows)


def _row(load: ShopLoad, last: _Read) -> tuple[int, int, datetime, str]:
    days = ",".join(day.isoformat() for day in sorted(load.touched_days))
    return last.read_id + 1, load.below_xid, load.fetched_at, days


def _last_read(lake: LakePipeline) -> _Read:
    rows = lake.rows("SELECT read_id, below_xid FROM reads ORDER BY read_id DESC LIMIT 1").to_pylist()
    return _Read(**rows[0]) if rows else _Read()
