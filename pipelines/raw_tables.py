"""Raw tables of the lake, declared once. flat rows -> Arrow frames -> dlt resources"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import dlt
import pyarrow as pa
from dlt.extract import DltResource

TEXT = pa.string()
NUMBER = pa.int64()
FLAG = pa.bool_()
DAY = pa.date32()
TIME = pa.timestamp("us", "UTC")
DEGREES = pa.float64()

# A provider may add columns; one that changes the type of a known column is refused.
CONTRACT = {"tables": "evolve", "columns": "evolve", "data_type": "freeze"}


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table of one source's dataset. `key` names one row; with a `parent_key`, all rows of a parent are replaced."""

    name: str
    columns: Mapping[str, pa.DataType]
    key: tuple[str, ...]
    parent_key: tuple[str, ...] = ()
    schema: pa.Schema = field(init=False)

    def __post_init__(self) -> None:
        fields = [pa.field(name, type_, nullable=name not in self.key) for name, type_ in self.columns.items()]
        object.__setattr__(self, "schema", pa.schema(fields))

    def frame(self, rows: Iterable[Sequence[Any]]) -> pa.Table:
        """Rows, each in the order of `columns`, as one Arrow frame; columns and not dictionaries, for speed."""
        columns = list(zip(*rows, strict=True)) or [()] * len(self.schema)
        arrays = [pa.array(values, type=column.type) for values, column in zip(columns, self.schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=self.schema)

    def frame_of(self, records: Sequence[Mapping[str, Any]]) -> pa.Table:
        """The same from dictionaries that name every column."""
        return self.frame([[record[name] for name in self.columns] for record in records])

    def merged(self, frame: pa.Table) -> DltResource:
        """A resource that replaces rows by `parent_key`, or by `key` where there is none."""
        keys = {"merge_key": self.parent_key} if self.parent_key else {"primary_key": self.key}
        return self._resource(frame, {"disposition": "merge", "strategy": "delete-insert"}, **keys)

    def windowed(self, frame: pa.Table, window: str) -> DltResource:
        """A resource that replaces all rows of the table for which the SQL condition `window` holds, in one commit."""
        merge = {"disposition": "merge", "strategy": "delete-insert", "destination_scope": window}
        return self._resource(frame, merge, primary_key=self.key)

    def appended(self, frame: pa.Table) -> DltResource:
        return self._resource(frame, "append")

    def replaced(self, frame: pa.Table) -> DltResource:
        return self._resource(frame, "replace", primary_key=self.key)

    def _resource(self, frame: pa.Table, disposition: Any, **keys: tuple[str, ...]) -> DltResource:
        hints: Any = {"write_disposition": disposition, "schema_contract": CONTRACT, **keys}
        resource: DltResource = dlt.resource([frame], name=self.name, **hints)
        return resource


Frames = dict[RawTable, pa.Table]


def in_parts(rows_of: Iterable[tuple[RawTable, Iterable[Sequence[Any]]]], most: int) -> Iterator[Frames]:
    """Rows of several tables as frames, `most` rows at once over all tables; no part where there is no row."""
    frames: Frames = {}
    room = most
    for table, rows in rows_of:
        left = iter(rows)
        while some := list(islice(left, room)):
            frames[table] = table.frame(some)
            room -= len(some)
            if not room:
                yield frames
                frames, room = {}, most
    if frames:
        yield frames
