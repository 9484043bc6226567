"""What makes a price one that no shop may ask. The models withhold such prices, the audits count them."""

from sqlglot import exp, parse_one
from sqlmesh import macro

# More than a ticket ever costs, in whole units of its currency; some currencies count in thousands.
CEILING = 50_000
CEILING_IN_THOUSANDS = 50_000_000
COUNTED_IN_THOUSANDS = (
    *("CLP", "COP", "CRC", "GNF", "HUF", "IDR", "IRR", "ISK", "JPY", "KHR", "KRW"),
    *("LAK", "MMK", "PYG", "RWF", "TZS", "UGX", "UZS", "VND"),
)


@macro()
def is_incomplete(_evaluator: object, price: exp.Expression) -> exp.Expression:
    """An amount means nothing without its currency, and nothing can be sold without an amount."""
    return _condition(
        "{price}.original_minor IS NULL OR {price}.retail_minor IS NULL OR {price}.currency IS NULL "
        "OR LENGTH({price}.currency) <> 3 OR {price}.currency_precision IS NULL OR {price}.currency_precision < 0",
        price,
    )


@macro()
def is_implausible(_evaluator: object, price: exp.Expression) -> exp.Expression:
    """Nobody is paid for going in, and nobody pays as much as for a house."""
    thousands = ", ".join(f"'{currency}'" for currency in COUNTED_IN_THOUSANDS)
    ceiling = f"CASE WHEN {{price}}.currency IN ({thousands}) THEN {CEILING_IN_THOUSANDS} ELSE {CEILING} END"
    return _condition(
        "{price}.original_minor < 0 OR {price}.retail_minor < 0 OR {price}.net_minor < 0 "
        f"OR {{price}}.retail_minor > POWER(10, {{price}}.currency_precision) * {ceiling}",
        price,
    )


@macro()
def loses_money(_evaluator: object, price: exp.Expression) -> exp.Expression:
    """We would owe the supplier more than the buyer pays. A net price that is not told says nothing."""
    return _condition("{price}.net_minor > {price}.retail_minor", price)


def _condition(template: str, price: exp.Expression) -> exp.Expression:
    return exp.paren(parse_one(template.format(price=price.name), dialect="duckdb"))
