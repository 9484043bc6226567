"""dlt sources of OCTO. OctoClient -> raw octo.*

A source reads everything before dlt sees the first row, so that a provider's error leaves the lake as it was.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

import dlt
import pyarrow as pa
import structlog
from dlt.extract import DltResource

from core.domain.ports import OptionRef
from core.settings import ConnectionSettings
from pipelines.raw_tables import RawTable
from pipelines.sources.octo.availability import OptionRead, day_frames, slot_frames
from pipelines.sources.octo.client import OctoClient
from pipelines.sources.octo.errors import UnknownOption, UnknownProduct
from pipelines.sources.octo.schemas import CalendarDay, Slot
from pipelines.sources.octo.tables import CATALOGUE_READS

log = structlog.get_logger()

Entry = TypeVar("Entry", CalendarDay, Slot)
Frames = Mapping[RawTable, pa.Table]
Ask = Callable[[OptionRef, date, date], Awaitable[list[Entry]]]


@dlt.source(name="octo", section="octo")
def catalogue_source(frames: Frames) -> Iterator[DltResource]:
    """Products, their children, and that the catalogue was read; see catalogue.py."""
    for table, frame in frames.items():
        yield table.appended(frame) if table is CATALOGUE_READS else table.merged(frame)


@dlt.source(name="octo", section="octo")
def availability_source(frames: Frames, connection_id: str, first: date, last: date) -> Iterator[DltResource]:
    """Days or slots with their prices. The window is replaced whole, so what vanished goes."""
    window = f"connection_id = '{connection_id}' AND local_date BETWEEN DATE '{first}' AND DATE '{last}'"
    for table, frame in frames.items():
        yield table.windowed(frame, window)


def read_days(
    connection: ConnectionSettings, options: Sequence[OptionRef], first: date, last: date, now: datetime
) -> Frames:
    """The calendar of every option, as frames."""

    async def read() -> list[OptionRead[CalendarDay]]:
        async with OctoClient(connection) as client:
            return await _read_all(client.calendar, options, first, last)

    return day_frames(connection.connection_id, asyncio.run(read()), now)


def read_slots(
    connection: ConnectionSettings, options: Sequence[OptionRef], first: date, last: date, now: datetime
) -> Frames:
    """The slots of every option, as frames."""

    async def read() -> list[OptionRead[Slot]]:
        async with OctoClient(connection) as client:
            return await _read_all(client.availability, options, first, last)

    return slot_frames(connection.connection_id, asyncio.run(read()), now)


async def _read_all(ask: Ask[Entry], options: Sequence[OptionRef], first: date, last: date) -> list[OptionRead[Entry]]:
    """All options at once, as far as the client allows; the first failure ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_read_one(ask, option, first, last)) for option in options]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def _read_one(ask: Ask[Entry], option: OptionRef, first: date, last: date) -> OptionRead[Entry]:
    """An option that the provider took off sale since the catalogue was read has no days."""
    try:
        found = await ask(option, first, last)
    except (UnknownProduct, UnknownOption) as gone:
        log.warning("option_gone", product=option.provider_product_id, option=option.provider_option_id, why=str(gone))
        found = []
    # Of other days a provider is not believed: they are outside the window, and would be there once more each time.
    return OptionRead(option, [entry for entry in found if first <= entry.local_date <= last])
