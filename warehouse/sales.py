"""The sales figures, built for the days that something happened on. shop.reads -> touched days -> sales marts"""

from collections.abc import Iterable
from contextlib import ExitStack, closing
from datetime import date
from functools import partial
from types import TracebackType
from typing import Self

from core.settings import Settings
from warehouse import lake
from warehouse.build import BuildReport, open_context, plan_changes, reported
from warehouse.manifest import Dataset
from warehouse.recording import RecordingContext
from warehouse.restatement import Period, periods, restate
from warehouse.shop_reads import covered_by, touched_since
from warehouse.store import ReleaseStore


def pending_days(settings: Settings) -> frozenset[date]:
    """Business days that the shop was read of since the release that readers see now was built."""
    with closing(lake.connect(settings, read_only=True)) as connection:
        return touched_since(connection, _published_to(settings))


class SalesBuilder:
    """Builds days of sales, again and again: what SQLMesh knows of the models is read once and kept.

    A context manager for a process that lives long; of one thread. After an error it reads everything anew.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened = ExitStack()
        self._context: RecordingContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._context = None
        self._opened.close()

    def build(self, days: Iterable[date]) -> BuildReport:
        """Build these business days again, and what is small whole; every day where a model is new or changed.

        Waits for another build of the sales to end. Raises as `warehouse.build.build` does, and for the same reasons
        reports a failed audit instead. `read_to` is set when `days` are all that was pending.
        """
        wanted = frozenset(days)
        covers = partial(covered_by, wanted, read_to=_published_to(self._settings))
        try:
            return reported(self._warm(), Dataset.SALES, self._settings, partial(_build, days=wanted), covers)
        except BaseException:
            # A connection that met an error, such as PostgreSQL's end, is not used again.
            self.close()
            raise

    def _warm(self) -> RecordingContext:
        if self._context is None:
            self._context = self._opened.enter_context(open_context(Dataset.SALES, self._settings))
        return self._context


def _build(context: RecordingContext, *, days: frozenset[date]) -> None:
    spans = list(periods(days))
    if plan_changes(context):
        spans = [*spans, Period.still_open()]
    restate(context, spans)


def _published_to(settings: Settings) -> int | None:
    manifest = ReleaseStore(settings.publish_path, Dataset.SALES).current()
    return manifest.read_to if manifest else None
