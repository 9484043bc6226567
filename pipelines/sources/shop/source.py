"""The dlt source of the sale. frames of changed rows -> raw shop.*"""

from collections.abc import Iterator

import dlt
from dlt.extract import DltResource

from pipelines.raw_tables import Frames
from pipelines.sources.shop.tables import READS


@dlt.source(name="shop", section="shop")
def shop_source(frames: Frames) -> Iterator[DltResource]:
    """Changed rows replace their older selves; that they were read is added, in the same commit."""
    for table, frame in frames.items():
        yield table.appended(frame) if table is READS else table.merged(frame)
