"""Every query of the feature. shop database (row-level security): counts are added to counts"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy.dialects.postgresql import insert

from api.demand.sightings import Sighting
from core.db.sessions import ShopDatabase
from core.db.tables import DemandCount

HOUR_SECONDS: Final = 3600


class Counted(NamedTuple):
    """What one row counts. `hour` is how many there were since 1970: a number costs a page less than a time."""

    reseller_id: str
    shop_id: str
    hour: int
    sighting: Sighting


class DemandRepository:
    def __init__(self, database: ShopDatabase) -> None:
        self._database = database

    async def add(self, reseller_id: str, counts: Mapping[Counted, int]) -> None:
        """Add the counts of one reseller to what is there already, all of them or none."""
        # Two processes that write the same rows in the same order wait for each other, and never in a circle.
        rows = [
            counted.sighting._asdict()
            | {"shop_id": counted.shop_id, "reseller_id": reseller_id}
            | {"counted_hour": datetime.fromtimestamp(counted.hour * HOUR_SECONDS, UTC), "seen_count": seen}
            for counted, seen in sorted(counts.items())
        ]
        statement = insert(DemandCount)
        added = statement.on_conflict_do_update(
            constraint=DemandCount.__table__.primary_key,  # type: ignore[arg-type]
            set_={"seen_count": DemandCount.seen_count + statement.excluded.seen_count},
        )
        async with self._database.tenant_session(reseller_id) as session:
            await session.execute(added, rows)
