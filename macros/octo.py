"""What the staging models of OCTO's raw tables have in common."""

from sqlglot import exp
from sqlmesh import macro

ANSWER = ("connection_id", "provider_product_id", "locale", "content_hash")

AMOUNTS = {
    "original_minor": "list price",
    "retail_minor": "the supplier's suggested price",
    "net_minor": "what we owe; NULL where it is not told",
}


@macro()
def is_current(_evaluator: object, child: exp.Expression, product: exp.Expression) -> exp.Expression:
    """Whether a child row came with the answer that its product is known by now; those of older answers stay behind."""
    return exp.and_(*(_column(product, name).eq(_column(child, name)) for name in ANSWER))


@macro()
def price_columns(_evaluator: object, price: exp.Expression) -> list[exp.Expression]:
    """The currency and the amounts of a price, as every table of prices has them."""
    currency = exp.cast(exp.func("UPPER", _column(price, "currency")), "TEXT").as_("currency")
    precision = exp.cast(_column(price, "currency_precision"), "INT").as_("currency_precision")
    return [currency, precision, *(_amount(price, name, meaning) for name, meaning in AMOUNTS.items())]


def _amount(price: exp.Expression, name: str, meaning: str) -> exp.Expression:
    column = exp.cast(_column(price, name), "BIGINT").as_(name)
    column.add_comments([meaning])
    return column


def _column(table: exp.Expression, name: str) -> exp.Column:
    return exp.column(name, table=table.name)
