"""The groups that Dagster's page shows assets in: a domain, and for provider tables its pace."""

from enum import StrEnum

import dagster as dg


class Group(StrEnum):
    """Give Dagster the `value`: it stores what it is given, and refuses an enum of ours."""

    OCTO_CATALOGUE = "octo_catalogue"
    OCTO_CALENDAR = "octo_calendar"
    OCTO_SLOTS = "octo_slots"
    GEOGRAPHY = "geography"
    SHOP = "shop"
    STRIPE = "stripe"
    CATALOG = "catalog"
    SALES = "sales"
    MAINTENANCE = "maintenance"


def assets_in(*groups: Group) -> dg.AssetSelection:
    return dg.AssetSelection.groups(*(group.value for group in groups))
