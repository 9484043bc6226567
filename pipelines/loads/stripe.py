"""Loads of what our account at Stripe did. Stripe + settings -> raw stripe.*

A load that fails raises PaymentError or CatalogueError; the next one begins where it began.
"""

from datetime import datetime
from typing import Any

import structlog

from core.domain.clock import Clock, utc_now
from core.settings import Settings
from pipelines.destinations import LAKE, LakePipeline
from pipelines.loads.parts import write_parts
from pipelines.loads.report import LoadReport
from pipelines.sources.stripe.changes import changes_since
from pipelines.sources.stripe.client import StripeReader
from pipelines.sources.stripe.settings import OVERLAP
from pipelines.sources.stripe.source import stripe_source
from pipelines.sources.stripe.tables import READS

log = structlog.get_logger("pipelines")

# A sale made in the past, as a demo's history is, has charges older than any window that follows the clock.
OLDEST_UNKNOWN = f"""
SELECT min(p.created_at) AS moment FROM {LAKE}.shop.payments AS p
WHERE p.charge_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM charges AS c WHERE c.charge_id = p.charge_id)
"""  # noqa: S608 - a name of our own


def load_stripe(settings: Settings, since: datetime | None = None, *, clock: Clock = utc_now) -> LoadReport:
    """Copy what was made or changed since then; when left out, since the last load, or all of it."""
    with LakePipeline("stripe", "stripe", settings) as lake, StripeReader(settings) as stripe:
        now = clock()
        unread = _not_read_yet(lake)
        # What was asked for may begin later, and must not leave a gap behind the next load.
        first = min(since, unread) if since and unread else since or unread
        closing = {READS: READS.frame([(now, first)])}
        rows = write_parts(lake, stripe_source, changes_since(stripe, first), closing)
    return LoadReport(rows, now)


def _not_read_yet(lake: LakePipeline) -> datetime | None:
    last = _moment(lake, "SELECT max(read_at) AS moment FROM reads")
    if last is None:
        return None
    unknown = _moment(lake, OLDEST_UNKNOWN)
    if unknown is not None and unknown < last:
        log.info("stripe_has_older_charges", sold_from=unknown.isoformat())
    return min(filter(None, (last, unknown))) - OVERLAP


def _moment(lake: LakePipeline, query: str) -> datetime | None:
    rows: list[dict[str, Any]] = lake.rows(query).to_pylist()
    return rows[0]["moment"] if rows else None
