"""A backfill carried out: each chunk of days a run of partitions, then one build and publish."""

import time
from dataclasses import dataclass
from datetime import date

import dagster as dg

from core.errors import CatalogueError
from dagster_project.backfill.ledger import Ledger
from dagster_project.backfill.request import Request
from dagster_project.runs import Tell, assets_of, execute, problems


class BackfillIncomplete(CatalogueError):
    """Some days are not loaded; the same command takes up what is missing."""


@dataclass(frozen=True, slots=True)
class Backfill:
    """Everything one request needs; `tell` receives one line of progress at a time."""

    definitions: dg.Definitions
    instance: dg.DagsterInstance
    request: Request
    tell: Tell

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.instance, self.request)

    def run(self, *, is_again: bool = False) -> None:
        """Load what is not loaded yet, then publish. BackfillIncomplete when a day of a supplier is missing.

        A supplier that fails alone leaves the rest to be published; when none answers, the backfill stops there.
        """
        self.ledger.close_abandoned()
        done = set() if is_again else self.ledger.done_chunks()
        missing = []
        for first, last in self.request.chunks():
            if (first.isoformat(), last.isoformat()) in done:
                self.tell(f"{first} to {last}  loaded before")
            else:
                missing += self._load(first, last)
        self._publish(is_complete=not missing)
        if missing:
            raise BackfillIncomplete(f"{len(missing)} loads failed; the same command tries those again")

    def _load(self, first: date, last: date) -> list[str]:
        """Load one chunk; what went wrong with single suppliers."""
        started = time.monotonic()
        plan = self.request.plan
        result = execute(
            self.definitions,
            plan.job,
            self.instance,
            tags=self.ledger.chunk_tags(first, last),
            only=assets_of(self.definitions, plan.chunk),
        )
        reasons = problems(result)
        if not reasons:
            self.ledger.mark_done(result.run_id)
        self.tell(f"{first} to {last}  {time.monotonic() - started:.1f} s" + "".join(f"\n    {why}" for why in reasons))
        if not result.success:
            raise BackfillIncomplete(f"{plan.nothing}; the same command goes on from here")
        return reasons

    def _publish(self, *, is_complete: bool) -> None:
        started = time.monotonic()
        result = execute(self.definitions, self.request.plan.last_job, self.instance, tags=self.ledger.publish_tags())
        if not result.success:
            raise BackfillIncomplete(f"loaded, but not published: {'; '.join(problems(result))}")
        if is_complete:
            self.ledger.mark_done(result.run_id)
        self.tell(f"built and published  {time.monotonic() - started:.1f} s")
