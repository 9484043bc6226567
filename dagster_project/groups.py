"""The groups that Dagster's page shows assets in: a domain, and for provider tables its pace."""

from enum import StrEnum


class Group(StrEnum):
    OCTO_CATALOGUE = "octo_catalogue"
    OCTO_CALENDAR = "octo_calendar"
    OCTO_SLOTS = "octo_slots"
    GEOGRAPHY = "geography"
    CATALOG = "catalog"
    MAINTENANCE = "maintenance"
