"""What is counted of a shop's visitors."""

from enum import StrEnum


class DemandKind(StrEnum):
    """A search is of one kind: EMPTY_SEARCH where the shop had nothing to show for it, SEARCH otherwise."""

    VISIT_CITY = "VISIT_CITY"
    VISIT_PRODUCT = "VISIT_PRODUCT"
    SEARCH = "SEARCH"
    EMPTY_SEARCH = "EMPTY_SEARCH"
