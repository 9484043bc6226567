"""What SQLMesh adds to building the sales marts. large sales -> full build, and the same SELECTs as plain SQL -> ratio

Both write every mart into the same lake, whole. The build runs its audits too, and what it notes of itself.
"""

import time
from contextlib import closing

from sqlglot import exp

from benchmarks.large_sales import ITEMS, fill_lake
from benchmarks.platform import databases, own_home
from core.domain.clock import utc_now
from core.settings import Settings
from warehouse import lake
from warehouse.build import build, open_context
from warehouse.findings import table_name
from warehouse.manifest import Dataset
from warehouse.restatement import Period

ROUNDS = 2
Query = tuple[str, str]


def measure_sales_build(items: int = ITEMS) -> dict[str, float]:
    with own_home() as home, databases(home) as settings:
        fill_lake(settings, items)
        build(Dataset.SALES, settings)
        queries = _queries(settings)
        # In turns, so that what else this machine does is in both.
        rounds = [(_build(settings), _plain(queries, settings)) for _ in range(ROUNDS)]
    built, plain = (min(seconds) for seconds in zip(*rounds, strict=True))
    print(f"sales marts of {items:,} items: {built:.1f} s by SQLMesh, {plain:.1f} s as plain SQL")
    return {"build_vs_sql": round(built / plain, 2)}


def _build(settings: Settings) -> float:
    began = time.monotonic()
    report = build(Dataset.SALES, settings)
    if failed := [str(audit) for audit in report.audits if audit.failed_rows]:
        raise SystemExit(f"the large sales break audits: {failed}")
    return time.monotonic() - began


def _queries(settings: Settings) -> list[Query]:
    """Each model that is a table, with the SELECT that SQLMesh runs for all its days."""
    start, end = Period.everything().bounds
    with open_context(Dataset.SALES, settings) as context:
        snapshots = context.snapshots
        named = [(name, snapshots[name].model) for name in context.dag.sorted if name in snapshots]
        return [
            (
                table_name(name),
                model.render_query_or_raise(
                    start=start, end=end, execution_time=utc_now(), snapshots=snapshots, engine_adapter=None
                ).sql("duckdb"),
            )
            for name, model in named
            if model.kind.is_full or model.kind.is_incremental_by_time_range
        ]


def _plain(queries: list[Query], settings: Settings) -> float:
    began = time.monotonic()
    with closing(lake.connect(settings)) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS plain")
        for table, query in queries:
            target = exp.table_(table.partition(".")[2], db="plain").sql("duckdb")
            connection.execute(f"CREATE OR REPLACE TABLE {target} AS {query}")
    return time.monotonic() - began
