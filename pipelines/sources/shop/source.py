"""The dlt source of the sale. frames of changed rows -> raw shop.*"""

from collections.abc import Iterator, Mapping

import dlt
import pyarrow as pa
from dlt.extract import DltResource

from pipelines.raw_tables import RawTable
from pipelines.sources.shop.tables import READS


@dlt.source(name="shop", section="shop")
def shop_source(frames: Mapping[RawTable, pa.Table]) -> Iterator[DltResource]:
    """Changed rows replace their older selves; that they were read is added, in the same commit."""
    for table, frame in frames.items():
        yield table.appended(frame) if table is READS else table.merged(frame)
