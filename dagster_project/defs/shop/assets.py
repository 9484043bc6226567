"""The shop's tables as assets: shop database -> pipelines.loads -> shop.*"""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from core.settings import Settings
from dagster_project.business_days import days_asked, note_days
from dagster_project.defs.shop.tables import SOLD, TIMELESS
from dagster_project.groups import Group
from dagster_project.partitions import BUSINESS_DAYS
from dagster_project.raw_tables import materialised, raw_specs
from pipelines.loads import load_shop, load_shop_days

SOLD_SPECS = [
    spec.replace_attributes(partitions_def=BUSINESS_DAYS) for spec in raw_specs("shop", SOLD, group=Group.SHOP)
]


@dg.multi_asset(
    name="shop_tables",
    description="What changed since the last read or, asked for by partition, all that was sold on those days.",
    specs=[*SOLD_SPECS, *raw_specs("shop", TIMELESS, group=Group.SHOP)],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def shop_tables(
    context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult[None]]:
    touched = _load(days_asked(context), settings)
    context.log.info("read; business days touched: %s", ", ".join(map(str, sorted(touched))) or "none")
    for spec in SOLD_SPECS:
        note_days(context, spec.key, touched)
    yield from materialised(context, settings)


def _load(asked: frozenset[date], settings: Settings) -> frozenset[date]:
    if not asked:
        return load_shop(settings).touched_days
    load_shop_days(min(asked), max(asked), settings)
    return asked
