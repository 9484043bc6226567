"""The pages there are, and whose they are."""

from dataclasses import dataclass

from core.domain.roles import AccountRole


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`script` lies beside app.py; the first item is what opens at the bare address."""

    script: str
    title: str
    roles: frozenset[AccountRole]


CATALOGUE = MenuItem("pages/catalogue.py", "Catalogue", frozenset(AccountRole))
CITIES = MenuItem("pages/cities.py", "Cities", frozenset({AccountRole.ANALYST, AccountRole.STAFF}))
MENU = (CATALOGUE, CITIES)
