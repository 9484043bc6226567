"""The pages there are, and whose they are."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """A reseller's people see what is theirs, the platform's own people what is of all."""

    RESELLER = "RESELLER"
    PLATFORM = "PLATFORM"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`script` lies beside app.py; the first item opens at the bare address, to whoever may see it."""

    script: str
    title: str
    audiences: frozenset[Audience]


TODAY = MenuItem("pages/today.py", "Today", frozenset({Audience.RESELLER}))
SALES = MenuItem("pages/sales.py", "Sales", frozenset({Audience.RESELLER}))
ORDERS = MenuItem("pages/orders.py", "Orders", frozenset({Audience.RESELLER}))
CATALOGUE = MenuItem("pages/catalogue.py", "Catalogue", frozenset(Audience))
CITIES = MenuItem("pages/cities.py", "Cities", frozenset({Audience.PLATFORM}))
MENU = (TODAY, SALES, ORDERS, CATALOGUE, CITIES)
