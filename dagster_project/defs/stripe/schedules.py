"""When our account at Stripe is read, and its payouts are compared with what was sold."""

from dagster_project.defs.sales.schedules import WHOLE
from dagster_project.groups import Group, assets_in
from dagster_project.schedules import build_job, paced
from warehouse.manifest import Dataset

stripe_job = build_job(
    "stripe",
    assets_in(Group.STRIPE) | WHOLE,
    "Read Stripe's account, compare every payout with the sales it pays for, and publish.",
    turn=Dataset.SALES,
)
stripe_schedule = paced(
    stripe_job,
    "27 * * * *",
    reason="Hourly: Stripe pays out once a day and fees settle within minutes, so an hour finds a missing cent that "
    "day. The demand of the last 30 days moves with it. At 27 past, when no load of a supplier is due.",
)
