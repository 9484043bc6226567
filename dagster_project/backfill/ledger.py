"""What a backfill has done so far, kept as tags on Dagster's own runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import dagster as dg

from core.domain.clock import utc_now
from dagster_project.backfill.request import Request
from dagster_project.partitions import RANGE_END, RANGE_START, range_tags
from dagster_project.schedules import UNFINISHED

BACKFILL = "tiqzy/backfill"
DONE = "tiqzy/backfill_done"

# An interrupted backfill is taken up again this long; later, what it loaded is too old to be called done.
RESUMABLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The runs of one request; a run counts once it is marked, and a marked publish closes the book."""

    instance: dg.DagsterInstance
    request: Request

    def chunk_tags(self, first: date, last: date) -> dict[str, str]:
        return {BACKFILL: self.request.name, **range_tags(first, last)}

    def publish_tags(self) -> dict[str, str]:
        return {BACKFILL: self.request.name}

    def mark_done(self, run_id: str) -> None:
        self.instance.add_run_tags(run_id, {DONE: "yes"})

    def done_chunks(self) -> set[tuple[str, str]]:
        """Chunks loaded since this request was last carried out in full."""
        done = set()
        for run in self._runs():
            if DONE not in run.tags:
                continue
            if RANGE_START not in run.tags:
                break
            done.add((run.tags[RANGE_START], run.tags[RANGE_END]))
        return done

    def close_abandoned(self) -> None:
        """Mark runs whose process is gone as cancelled; call it holding the backfill's lock."""
        for run in self._runs():
            if run.status in UNFINISHED:
                self.instance.report_run_canceled(run, message="The backfill's process ended before this run did.")

    def _runs(self) -> Iterator[dg.DagsterRun]:
        """Newest first."""
        mine = dg.RunsFilter(tags={BACKFILL: self.request.name}, created_after=utc_now() - RESUMABLE)
        return iter(self.instance.get_runs(mine))
