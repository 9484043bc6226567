"""A load of every connection, where one that fails does so alone: connections -> outcomes -> checks and a verdict"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import dagster as dg

from core.errors import CatalogueError, PlatformError, ProviderError, ProviderUnavailable
from core.settings import ConnectionSettings
from pipelines.loads import LoadReport

RETRIES = 2
RETRY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one connection's load came to; `problem` is None when it loaded."""

    connection_id: str
    rows: dict[str, int] = field(default_factory=dict)
    problem: PlatformError | None = None


def check_name(connection_id: str) -> str:
    return f"{connection_id}_loaded"


def connection_checks(connections: Sequence[ConnectionSettings], asset_key: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """One check a connection: red with the reason when that supplier could not be loaded, while the others were."""
    return [
        dg.AssetCheckSpec(
            check_name(connection.connection_id),
            asset=asset_key,
            description=f"{connection.connection_id} was loaded; when not, its last good rows stay in the shop",
        )
        for connection in connections
    ]


def load_each(
    connections: Sequence[ConnectionSettings],
    load: Callable[[ConnectionSettings], LoadReport],
    context: dg.AssetExecutionContext,
) -> list[Outcome]:
    """Load one connection after the other; a failed one keeps what the lake already has of it."""
    outcomes = []
    for connection in connections:
        name = connection.connection_id
        try:
            outcome = Outcome(name, rows=load(connection).rows)
            context.log.info("%s loaded: %s", name, _listed(outcome.rows))
        except (ProviderError, CatalogueError) as problem:
            outcome = Outcome(name, problem=problem)
            context.log.warning("%s not loaded: %s", name, problem)
        outcomes.append(outcome)
    return outcomes


def check_results(outcomes: Sequence[Outcome], asset_key: dg.AssetKey) -> Iterator[dg.AssetCheckResult]:
    for outcome in outcomes:
        yield dg.AssetCheckResult(
            check_name=check_name(outcome.connection_id),
            asset_key=asset_key,
            passed=outcome.problem is None,
            severity=dg.AssetCheckSeverity.ERROR,
            description=str(outcome.problem) if outcome.problem else None,
            metadata={f"rows loaded into {table}": count for table, count in outcome.rows.items()},
        )


def require_one(outcomes: Sequence[Outcome], context: dg.AssetExecutionContext) -> None:
    """Fail the run when no connection loaded, so that nothing is built or published from it.

    A scheduled run first waits and tries again where that may help; nobody sits before it.
    """
    problems = {outcome.connection_id: outcome.problem for outcome in outcomes if outcome.problem}
    if not outcomes:
        raise dg.Failure("No connection is configured; set TIQZY_CONNECTIONS.", allow_retries=False)
    if len(problems) < len(outcomes):
        return
    reasons = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
    may_help = any(isinstance(problem, ProviderUnavailable) for problem in problems.values())
    if may_help and context.run.tags.get("dagster/schedule_name"):
        raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=RETRY_SECONDS)
    raise dg.Failure(f"No connection could be loaded. {reasons}", allow_retries=False)


def _listed(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {table}" for table, count in rows.items()) or "nothing new"
