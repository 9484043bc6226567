"""Builds models again that are built already, without a plan. days -> evaluated and audited models, in order

A plan would refuse the day that has not ended, or in UTC not even begun, and costs more than the few rows of a day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from sqlmesh.core.model import ModelKind
from sqlmesh.core.snapshot import Snapshot

from core.domain.clock import utc_now
from warehouse.project import FIRST_DAY
from warehouse.recording import RecordingContext

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Business days without a gap, both ends included."""

    first: date
    last: date

    @classmethod
    def everything(cls) -> Self:
        """From the first day that models are built for to the last that has begun anywhere on earth."""
        return cls(FIRST_DAY, utc_now().date() + ONE_DAY)

    @classmethod
    def still_open(cls) -> Self:
        """The days that a plan leaves out: they have not ended, or did after UTC's own."""
        return cls(utc_now().date() - ONE_DAY, utc_now().date() + ONE_DAY)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """[start, end) as SQLMesh has it."""
        start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (self.first, self.last + ONE_DAY))
        return start, end


def periods(days: Iterable[date]) -> Iterator[Period]:
    """The days, next to each other as one period."""
    ordered = sorted(set(days))
    starts = [day for day in ordered if day - ONE_DAY not in ordered]
    ends = [day for day in ordered if day + ONE_DAY not in ordered]
    yield from map(Period, starts, ends)


def restate(context: RecordingContext, days: Sequence[Period]) -> None:
    """Build the models by day for `days`, the others whole. What depends on one that failed its audits is left out."""
    snapshots = context.snapshots
    unsound: set[str] = set()
    for name in context.dag.sorted:
        if name not in snapshots or not (spans := _spans(snapshots[name].model.kind, days)):
            continue
        is_reached = unsound.isdisjoint(context.dag.upstream(name))
        if not is_reached or not all(_build(context, name, snapshots, span) for span in spans):
            unsound.add(name)


def audit_everything(context: RecordingContext) -> None:
    """Run every audit on what is built now, whatever day it is of."""
    snapshots = context.snapshots
    start, end = Period.everything().bounds
    for snapshot in snapshots.values():
        context.audits.extend(context.snapshot_evaluator.audit(snapshot, start=start, end=end, snapshots=snapshots))


def _spans(kind: ModelKind, days: Sequence[Period]) -> Sequence[Period]:
    """What of a model is built again; nothing of a view, or of another's table."""
    if kind.is_incremental_by_time_range:
        return days
    return (Period.everything(),) if kind.is_full else ()


def _build(context: RecordingContext, name: str, snapshots: dict[str, Snapshot], span: Period) -> bool:
    """Whether the audits let what depends on it be built."""
    start, end = span.bounds
    evaluator = context.snapshot_evaluator
    evaluator.evaluate(snapshots[name], start=start, end=end, execution_time=utc_now(), snapshots=snapshots)
    context.evaluated.add(name)
    results = evaluator.audit(snapshots[name], start=start, end=end, snapshots=snapshots)
    context.audits.extend(results)
    return not any(result.blocking and result.count for result in results)
