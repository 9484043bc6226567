"""What audits found, and whose rows it was. SQLMesh's results -> AuditResult, with the connections named"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp
from sqlmesh.core.model.definition import AuditResult as SqlmeshAuditResult

from warehouse import lake
from warehouse.recording import RecordingContext

PRODUCTS = "staging.stg_octo__products"


@dataclass(frozen=True, slots=True)
class AuditResult:
    """One audit of one model (`schema.table`); it passed when `failed_rows` is 0.

    `connections` says how many of the rows each connection told, where the audit's rows name it or a product.
    """

    model: str
    audit: str
    is_blocking: bool
    failed_rows: int
    connections: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """`net_never_above_retail on catalog.fct_price: 12 rows (meridian: 12)`."""
        whose = ", ".join(f"{connection}: {rows:,}" for connection, rows in self.connections.items())
        return f"{self.audit} on {self.model}: {self.failed_rows:,} rows" + (f" ({whose})" if whose else "")


def findings(context: RecordingContext, connection: lake.Connection) -> Iterator[AuditResult]:
    """The results of every audit that ran in `context`, in that order."""
    for result in context.audits:
        if result.model is not None and not result.skipped:
            yield AuditResult(
                table_name(result.model.fqn),
                result.audit.name,
                result.blocking,
                result.count or 0,
                _connections(context, connection, result) if result.count else {},
            )


def table_name(fqn: str) -> str:
    """`"lake"."catalog"."dim_city"` -> catalog.dim_city."""
    return ".".join(part.name for part in exp.to_table(fqn, dialect="duckdb").parts[-2:])


def _connections(context: RecordingContext, connection: lake.Connection, result: SqlmeshAuditResult) -> dict[str, int]:
    if not isinstance(result.query, exp.Query):
        return {}
    failed = result.query.subquery("failed")
    named = set(connection.sql(exp.select("*").from_(failed).sql("duckdb")).columns)
    counted = exp.select("connection_id", "COUNT(*)").group_by("connection_id").order_by("connection_id")
    products = context.get_snapshot(PRODUCTS)
    if "connection_id" in named:
        counted = counted.from_(failed)
    elif "product_id" in named and products is not None:
        # By its physical name: after a first build that failed, the models have no other yet.
        table = exp.to_table(products.table_name(), dialect="duckdb").as_("products")
        counted = counted.from_(failed).join(table, using="product_id")
    else:
        return {}
    return dict(connection.execute(counted.sql("duckdb")).fetchall())
