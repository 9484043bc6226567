"""The builder of a run that a person or the clock started; the sales stream brings its own, which is warm."""

from collections.abc import Iterator

import dagster as dg

from core.settings import Settings
from warehouse.sales import SalesBuilder


def opened_in_the_run(settings: Settings) -> dg.ResourceDefinition:
    """Closed when the run ends."""

    @dg.resource
    def sales_builder(_: dg.InitResourceContext) -> Iterator[SalesBuilder]:
        with SalesBuilder(settings) as builder:
            yield builder

    return sales_builder
