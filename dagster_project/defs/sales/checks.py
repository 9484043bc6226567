"""Whether the figures keep up. postings of the shop database against those of the lake -> a check of the release"""

from datetime import datetime, timedelta

import dagster as dg
import psycopg
from psycopg.rows import scalar_row

from core.db.addresses import Database, Role, database_url
from core.domain.clock import utc_now
from core.settings import Settings
from dagster_project.defs.sales.assets import RELEASE
from dagster_project.stream.unread import read_to
from warehouse import lake
from warehouse.raw_tables import create_missing

# Five times what a figure may take.
LATE_AFTER = timedelta(minutes=5)

COUNT = "SELECT count(*) FROM {} WHERE changed_xid >= {} AND booked_at < {}"


@dg.asset_check(
    asset=RELEASE,
    description="Every posting of the shop is in the lake within minutes; when not, the sales stream does not run.",
)
def holds_every_sale(settings: dg.ResourceParam[Settings]) -> dg.AssetCheckResult:
    late = late_postings(settings, booked_before=utc_now() - LATE_AFTER)
    said = f"{late:,} postings are older than {LATE_AFTER} and not in the lake: see the log of the sales stream"
    return dg.AssetCheckResult(passed=not late, metadata={"late postings": late}, description=said if late else None)


def late_postings(settings: Settings, *, booked_before: datetime) -> int:
    """How many postings of before then the lake has not; those below its cursor it has."""
    cursor = read_to(settings)
    with psycopg.connect(database_url(Database.SHOP, settings), row_factory=scalar_row) as shop:
        shop.execute(f"SET ROLE {Role.LAKE}")
        booked = shop.execute(
            COUNT.format("ledger_posting", "%s::text::xid8", "%s"), [str(cursor), booked_before]
        ).fetchone()
    with lake.connect(settings) as connection:
        create_missing(connection)
        row = connection.execute(COUNT.format("shop.ledger_postings", "?", "?"), [cursor, booked_before]).fetchone()
    return max(0, (booked or 0) - (row[0] if row else 0))
