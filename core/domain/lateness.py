"""How old each kind of a supplier's facts may grow before it is late; Dagster's checks and the dashboards agree on it.

Each is two missed readings (docs/decisions/0013-schedules-and-freshness.md) and a little for the reading itself.
"""

from datetime import timedelta

CATALOGUE_LATE_AFTER = timedelta(hours=3)
CALENDAR_LATE_AFTER = timedelta(hours=13)
SLOTS_LATE_AFTER = timedelta(minutes=75)
