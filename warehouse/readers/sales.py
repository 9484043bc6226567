"""A reseller's figures as the dashboards ask for them. published sales release -> frozen shapes of that reseller."""

from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from core.settings import Settings
from warehouse.manifest import SCHEMA_VERSIONS, Dataset, Manifest
from warehouse.readers import sales_queries as queries
from warehouse.readers import sales_shapes as shapes
from warehouse.readers.snapshot import FixedSource, SnapshotReader, require

Shape = TypeVar("Shape")

_SOLD_FIELDS = tuple(field.name for field in fields(shapes.Sold))
_SPLITS = {
    shapes.Dimension.PRODUCT: queries.BY_PRODUCT,
    shapes.Dimension.CITY: queries.BY_CITY,
    shapes.Dimension.SHOP: queries.BY_SHOP,
    shapes.Dimension.DAY: queries.BY_DAY,
}


def open_sales(settings: Settings, cache_dir: Path | None = None) -> "SalesReader":
    """A reader of the published sales of these settings; opens nothing until it is asked something."""
    cache = cache_dir or settings.home / "cache"
    return SalesReader(SnapshotReader(settings.publish_path, Dataset.SALES, SCHEMA_VERSIONS[Dataset.SALES], cache))


class SalesReader:
    """Answers from the newest readable release; safe to share between threads.

    Whoever asks names the reseller, and never gets a row of another. NoRelease before the first publish; zeros and
    empty tuples for whoever sold nothing.
    """

    def __init__(self, source: SnapshotReader | FixedSource) -> None:
        self._source = source

    def pinned(self) -> "SalesReader":
        """The same, fixed on the release of this moment: what one page is made of must agree."""
        return SalesReader(FixedSource(require(self._source)))

    @property
    def manifest(self) -> Manifest:
        return require(self._source).manifest

    @property
    def last_problem(self) -> str | None:
        """Why a newer release is not being read, in a sentence; None when all is well."""
        return self._source.last_problem

    def seller(self, reseller_id: str) -> shapes.Seller | None:
        """None for a reseller that the figures have not met yet."""
        rows = self._rows(queries.SELLER, reseller_id=reseller_id)
        return shapes.Seller(**rows[0]) if rows else None

    def currencies(self, reseller_id: str) -> tuple[shapes.SoldCurrency, ...]:
        """The one most sold in first; empty before the first sale."""
        return self._all(shapes.SoldCurrency, queries.CURRENCIES, reseller_id=reseller_id)

    def totals(self, reseller_id: str, currency: shapes.SoldCurrency, period: shapes.Period) -> shapes.Totals:
        wanted = {"reseller_id": reseller_id, "first": period.first, "last": period.last}
        sold = _sold(self._rows(queries.SOLD, **wanted, **_of(currency))[0])
        return shapes.Totals(sold, **self._rows(queries.ORDER_COUNTS, **wanted, currency=currency.currency)[0])

    def totals_until(
        self, reseller_id: str, currency: shapes.SoldCurrency, business_date: date, moment: datetime
    ) -> shapes.Totals:
        """Of one business day, what was sold before `moment`."""
        wanted = {"reseller_id": reseller_id, "business_date": business_date, "moment": moment, **_of(currency)}
        sold = _sold(self._rows(queries.SOLD_UNTIL, **wanted)[0])
        return shapes.Totals(sold, **self._rows(queries.ORDER_COUNTS_UNTIL, **wanted)[0])

    def shares(
        self, reseller_id: str, currency: shapes.SoldCurrency, period: shapes.Period, dimension: shapes.Dimension
    ) -> tuple[shapes.Share, ...]:
        """Largest net sales first, days in their order; they add up to `totals` of the same period."""
        rows = self._rows(
            _SPLITS[dimension], reseller_id=reseller_id, first=period.first, last=period.last, **_of(currency)
        )
        return tuple(shapes.Share(row["key"], row["name"], _sold(row)) for row in rows)

    def hours(
        self, reseller_id: str, currency: shapes.SoldCurrency, period: shapes.Period
    ) -> tuple[shapes.HourSales, ...]:
        """Hours of the reseller's clock in which anything was sold."""
        wanted = {"first": period.first, "last": period.last, "currency": currency.currency}
        return self._all(shapes.HourSales, queries.BY_HOUR, reseller_id=reseller_id, **wanted)

    def rows(
        self, reseller_id: str, currency: shapes.SoldCurrency, period: shapes.Period
    ) -> tuple[shapes.SalesRow, ...]:
        """Every row behind `totals`, by day, shop and product."""
        rows = self._rows(queries.ROWS, reseller_id=reseller_id, first=period.first, last=period.last, **_of(currency))
        return tuple(shapes.SalesRow(**_without_sums(row), sold=_sold(row)) for row in rows)

    def visits(self, reseller_id: str, period: shapes.Period) -> tuple[shapes.Visit, ...]:
        """Tickets that hold on these days, by day and the most visited first."""
        return self._all(shapes.Visit, queries.VISITS, reseller_id=reseller_id, first=period.first, last=period.last)

    def orders(self, reseller_id: str, query: shapes.OrderQuery) -> shapes.OrderList:
        """One page of what matches; a page past the end is empty."""
        rows = self._rows(
            queries.ORDERS,
            reseller_id=reseller_id,
            first=query.period.first,
            last=query.period.last,
            states=sorted(query.states),
            reference=query.reference.strip(),
            page_size=query.page_size,
            skipped=max(query.page - 1, 0) * query.page_size,
        )
        items = self._items(reseller_id, [row["order_id"] for row in rows])
        total = rows[0].pop("total") if rows else 0
        for row in rows:
            row.pop("total", None)
        return shapes.OrderList(
            tuple(shapes.SoldOrder(**row, items=tuple(items.get(row["order_id"], ()))) for row in rows), total
        )

    def city_demand(self) -> tuple[shapes.CityDemand, ...]:
        """Over all resellers, so for the platform's own people only; most looked for first."""
        return self._all(shapes.CityDemand, queries.CITY_DEMAND)

    def _items(self, reseller_id: str, order_ids: list[str]) -> dict[str, list[shapes.SoldItem]]:
        items: dict[str, list[shapes.SoldItem]] = {}
        for row in self._rows(queries.ORDER_ITEMS, reseller_id=reseller_id, order_ids=order_ids):
            items.setdefault(row.pop("order_id"), []).append(shapes.SoldItem(**row))
        return items

    def _all(self, shape: type[Shape], sql: str, **values: Any) -> tuple[Shape, ...]:
        return tuple(shape(**row) for row in self._rows(sql, **values))

    def _rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return require(self._source).rows(sql, values)


def _of(currency: shapes.SoldCurrency) -> dict[str, Any]:
    return {"currency": currency.currency, "currency_precision": currency.currency_precision}


def _sold(row: dict[str, Any]) -> shapes.Sold:
    return shapes.Sold(**{name: row[name] for name in _SOLD_FIELDS})


def _without_sums(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _SOLD_FIELDS}
