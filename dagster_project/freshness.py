"""How old each kind of fact may be: one policy per group, applied once to every asset."""

from datetime import timedelta

import dagster as dg

from core.domain.lateness import CALENDAR_LATE_AFTER, CATALOGUE_LATE_AFTER, SLOTS_LATE_AFTER
from dagster_project.groups import Group
from dagster_project.partitions import BUSINESS_DAYS

# Each window is two missed runs of the schedule that refreshes it, and a little for the run itself.
POLICIES = {
    Group.OCTO_CATALOGUE: dg.FreshnessPolicy.time_window(
        fail_window=CATALOGUE_LATE_AFTER, warn_window=timedelta(hours=2)
    ),
    Group.OCTO_CALENDAR: dg.FreshnessPolicy.time_window(
        fail_window=CALENDAR_LATE_AFTER, warn_window=timedelta(hours=7)
    ),
    Group.OCTO_SLOTS: dg.FreshnessPolicy.time_window(fail_window=SLOTS_LATE_AFTER, warn_window=timedelta(minutes=45)),
    Group.GEOGRAPHY: dg.FreshnessPolicy.time_window(fail_window=timedelta(days=15), warn_window=timedelta(days=8)),
    Group.CATALOG: dg.FreshnessPolicy.time_window(fail_window=timedelta(minutes=75), warn_window=timedelta(minutes=45)),
    # Sales themselves are built when something was sold; what is left follows Stripe's payouts and the city's demand.
    Group.STRIPE: dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=3), warn_window=timedelta(hours=2)),
    Group.SALES: dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=3), warn_window=timedelta(hours=2)),
    Group.MAINTENANCE: dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=49), warn_window=timedelta(hours=25)),
}


def with_freshness(spec: dg.AssetSpec) -> dg.AssetSpec:
    """The asset with its group's policy; an error for a group that has none, so that none is forgotten.

    A view is as fresh as what it reads, and nothing runs that could renew it. What follows the shop's changes is as old
    as the last one: no clock can tell whether a sale is missing, but a check of the release can.
    """
    if "view" in spec.kinds or spec.group_name == Group.SHOP or spec.partitions_def == BUSINESS_DAYS:
        return spec
    return spec.replace_attributes(freshness_policy=POLICIES[Group(spec.group_name or "")])
