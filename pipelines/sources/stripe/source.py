"""The dlt source of our account at Stripe. frames of objects -> raw stripe.*"""

from collections.abc import Iterator

import dlt
from dlt.extract import DltResource

from pipelines.raw_tables import Frames
from pipelines.sources.stripe.tables import READS


@dlt.source(name="stripe", section="stripe")
def stripe_source(frames: Frames) -> Iterator[DltResource]:
    """An object replaces its older self; that Stripe was read is added, in the same commit."""
    for table, frame in frames.items():
        yield table.appended(frame) if table is READS else table.merged(frame)
