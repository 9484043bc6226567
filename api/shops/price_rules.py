"""Price rules as rows of the shop database. core.domain.pricing <-> price_rule"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.db.tables import PriceRule as PriceRuleRow
from core.db.tables import RuleKind
from core.domain.ids import Prefix, new_id
from core.domain.money import Money
from core.domain.pricing import FULL_PRICE, Discount, FixedPrice, Free, FullPrice, Markup, PriceRule, PriceRules


def rules_of(rows: Iterable[PriceRuleRow]) -> PriceRules:
    rows = list(rows)
    of_shop = [_rule(row) for row in rows if row.city_id is None and row.product_id is None]
    return PriceRules(
        of_shop[0] if of_shop else FULL_PRICE,
        {row.city_id: _rule(row) for row in rows if row.city_id is not None},
        {row.product_id: _rule(row) for row in rows if row.product_id is not None},
    )


def rows_of(rules: PriceRules, *, shop_id: str, reseller_id: str) -> Iterator[PriceRuleRow]:
    """New rows; a shop that asks the full price in general needs none for that."""
    of_shop = [] if isinstance(rules.shop, FullPrice) else [(None, None, rules.shop)]
    of_cities = [(city_id, None, rule) for city_id, rule in rules.cities.items()]
    of_products = [(None, product_id, rule) for product_id, rule in rules.products.items()]
    for city_id, product_id, rule in (*of_shop, *of_cities, *of_products):
        yield PriceRuleRow(
            price_rule_id=new_id(Prefix.PRICE_RULE),
            shop_id=shop_id,
            reseller_id=reseller_id,
            city_id=city_id,
            product_id=product_id,
            **_columns(rule),
        )


def _rule(row: PriceRuleRow) -> PriceRule:
    amount = _amount(row)
    match RuleKind(row.kind):
        case RuleKind.FULL:
            return FULL_PRICE
        case RuleKind.MARKUP:
            return Markup(bps=row.bps, amount=amount)
        case RuleKind.DISCOUNT:
            return Discount(bps=row.bps, amount=amount)
        case RuleKind.FIXED if amount is not None:
            return FixedPrice(amount)
        case RuleKind.FREE:
            return Free()
    raise ValueError(f"the price rule {row.price_rule_id} lacks what its kind needs")


def _amount(row: PriceRuleRow) -> Money | None:
    if row.amount_minor is None or row.currency is None or row.currency_precision is None:
        return None
    return Money(row.amount_minor, row.currency, row.currency_precision)


def _columns(rule: PriceRule) -> Mapping[str, Any]:
    match rule:
        case FullPrice():
            return {"kind": RuleKind.FULL}
        case Markup(bps=bps, amount=amount):
            return {"kind": RuleKind.MARKUP, "bps": bps, **_money_columns(amount)}
        case Discount(bps=bps, amount=amount):
            return {"kind": RuleKind.DISCOUNT, "bps": bps, **_money_columns(amount)}
        case FixedPrice(amount):
            return {"kind": RuleKind.FIXED, **_money_columns(amount)}
        case Free():
            return {"kind": RuleKind.FREE}


def _money_columns(amount: Money | None) -> Mapping[str, Any]:
    if amount is None:
        return {}
    return {"amount_minor": amount.minor, "currency": amount.currency, "currency_precision": amount.precision}
