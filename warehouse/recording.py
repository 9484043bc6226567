"""A SQLMesh context that remembers what it did. plan -> which models ran, what each audit found"""

from collections.abc import Callable
from typing import Any

from sqlmesh import Context
from sqlmesh.core.model.definition import AuditResult as SqlmeshAuditResult
from sqlmesh.core.scheduler import Scheduler
from sqlmesh.core.snapshot import Snapshot, SnapshotEvaluator


class RecordingContext(Context):
    """SQLMesh reports to a terminal only; here the results of the last plan are kept for whoever asks."""

    def __init__(self, **options: Any) -> None:
        self.audits: list[SqlmeshAuditResult] = []
        self.evaluated: set[str] = set()
        super().__init__(**options)

    def create_scheduler(self, snapshots: Any, snapshot_evaluator: SnapshotEvaluator) -> Scheduler:
        """SQLMesh's own, over an evaluator that records.

        Each plan makes its own evaluator, so that wrapping `self.snapshot_evaluator` once would see nothing.
        """
        snapshot_evaluator.audit = self._recorded(snapshot_evaluator.audit)  # type: ignore[method-assign]
        snapshot_evaluator.evaluate = self._noted(snapshot_evaluator.evaluate)  # type: ignore[method-assign]
        return super().create_scheduler(snapshots, snapshot_evaluator)

    def forget(self) -> None:
        """Begin anew: what is recorded from here on is of the next build."""
        self.audits.clear()
        self.evaluated.clear()

    def _recorded(self, run_audits: Callable[..., list[SqlmeshAuditResult]]) -> Callable[..., Any]:
        def audit(*args: Any, **kwargs: Any) -> list[SqlmeshAuditResult]:
            results = run_audits(*args, **kwargs)
            self.audits.extend(results)
            return results

        return audit

    def _noted(self, run_model: Callable[..., Any]) -> Callable[..., Any]:
        def evaluate(snapshot: Snapshot, *args: Any, **kwargs: Any) -> Any:
            result = run_model(snapshot, *args, **kwargs)
            self.evaluated.add(snapshot.name)
            return result

        return evaluate
