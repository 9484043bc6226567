"""A load that may be too large for one commit. parts -> the lake"""

from collections import Counter
from collections.abc import Callable, Iterator

from dlt.extract import DltSource

from pipelines.destinations import LakePipeline, row_counts
from pipelines.raw_tables import Frames


def write_parts(
    lake: LakePipeline, source: Callable[[Frames], DltSource], parts: Iterator[Frames], closing: Frames
) -> dict[str, int]:
    """Rows per table. `closing`, which says that all was read, goes with the last part; without a part nothing does."""
    rows: Counter[str] = Counter()
    part = next(parts, None)
    while part:
        following = next(parts, None)
        rows.update(row_counts(part))
        lake.load(source(part if following else part | closing))
        part = following
    return dict(rows)
