"""Stripe's tables as assets: our Stripe account -> pipelines.loads -> stripe.*"""

from collections.abc import Iterator

import dagster as dg

from core.settings import Settings
from dagster_project.defs.stripe.tables import TABLES
from dagster_project.groups import Group
from dagster_project.raw_tables import materialised, raw_specs
from pipelines.loads import load_stripe


@dg.multi_asset(name="stripe_tables", specs=raw_specs("stripe", TABLES, group=Group.STRIPE))
def stripe_tables(
    context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult[None]]:
    """Read what was made or changed since the last read, with an overlap."""
    report = load_stripe(settings)
    context.log.info("read: %s", ", ".join(f"{rows:,} {table}" for table, rows in report.rows.items()) or "nothing new")
    yield from materialised(context, settings)
