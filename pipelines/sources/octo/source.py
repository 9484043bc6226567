"""dlt sources of OCTO. OctoClient -> raw octo.*

A source reads everything before dlt sees the first row, so that a provider's error leaves the lake as it was.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeVar

import dlt
import pyarrow as pa
import structlog
from dlt.extract import DltResource

from core.domain.ports import OptionRef
from core.settings import ConnectionSettings
from pipelines.raw_tables import RawTable
from pipelines.sources.octo.availability import day_frames, slot_frames
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

    async def read() -> Frames:
        async with OctoClient(connection) as client:
            return await _read_all(options, partial(_read_one, client.calendar, first, last), flat)

    flat = partial(day_frames, connection.connection_id, now)
    return asyncio.run(read())


def read_slots(
    connection: ConnectionSettings, options: Sequence[OptionRef], first: date, last: date, now: datetime
) -> Frames:
    """The slots of every option, as frames."""

    async def read() -> Frames:
        async with OctoClient(connection) as client:
            return await _read_all(options, partial(_read_one, client.availability, first, last), flat)

    flat = partial(slot_frames, connection.connection_id, now)
    return asyncio.run(read())


async def _read_all(
    options: Sequence[OptionRef],
    ask: Callable[[OptionRef], Awaitable[list[Entry]]],
    flat: Callable[[OptionRef, list[Entry]], Frames],
) -> Frames:
    """All options at once, as far as the client allows; the first failure ends the others and is raised as it is."""

    async def read(option: OptionRef) -> Frames:
        # Flat at once: half a million shapes kept until the last reply cost the garbage collector more than reading.
        return flat(option, await ask(option))

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(read(option)) for option in options]
    except BaseExceptionGroup as failures:  # an interrupt too arrives in one
        raise failures.exceptions[0] from None
    parts = [task.result() for task in tasks]
    return {table: pa.concat_tables([part[table] for part in parts]) for table in parts[0]}


async def _read_one(ask: Ask[Entry], first: date, last: date, option: OptionRef) -> list[Entry]:
    """An option that the provider took off sale since the catalogue was read has no days."""
    try:
        found = await ask(option, first, last)
    except (UnknownProduct, UnknownOption) as gone:
        log.warning("option_gone", product=option.provider_product_id, option=option.provider_option_id, why=str(gone))
        found = []
    # Of other days a provider is not believed: they are outside the window, and would be there once more each time.
    return [entry for entry in found if first <= entry.local_date <= last]
