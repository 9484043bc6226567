"""A reseller's figures from the newest published sales. sales reader -> frozen values, remembered by release."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from core.errors import CatalogueError
from core.settings import Settings, settings
from dashboards.periods import ONE_DAY, WEEK, last_days, period_before
from warehouse.readers.sales import SalesReader, open_sales
from warehouse.readers.sales_shapes import (
    CityDemand,
    Dimension,
    HourSales,
    OrderList,
    OrderQuery,
    Period,
    SalesRow,
    Share,
    SoldCurrency,
    Totals,
    Visit,
)

TREND_DAYS = 30
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class SalesDesk:
    """One reseller's figures in one release; `problem` says why a newer one is not shown, if one exists."""

    reseller_id: str
    time_zone: ZoneInfo
    first_sold_on: date | None
    currencies: tuple[SoldCurrency, ...]
    version: str
    as_of: datetime
    problem: str | None
    reader: SalesReader

    def local(self, moment: datetime) -> datetime:
        """By the clock of the reseller's business day."""
        return moment.astimezone(self.time_zone)

    def sold_by(self, day: date) -> bool:
        """Whether there is anything to compare with on `day` or before it."""
        return self.first_sold_on is not None and self.first_sold_on <= day


@dataclass(frozen=True, slots=True)
class TodaySales:
    """`last_week` is the same weekday up to the same time; products and cities are of the last 30 days."""

    so_far: Totals
    last_week: Totals
    days: tuple[Share, ...]
    products: tuple[Share, ...]
    cities: tuple[Share, ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class PeriodSales:
    totals: Totals
    before: Totals
    shares: dict[Dimension, tuple[Share, ...]]


def open_desk(reseller_id: str) -> SalesDesk | None:
    """None as long as no figures have been published that this program can read."""
    reader = _reader(settings())
    try:
        pinned = reader.pinned()
    except CatalogueError:
        return None
    seller = pinned.seller(reseller_id)
    return SalesDesk(
        reseller_id=reseller_id,
        time_zone=ZoneInfo(seller.time_zone if seller else "UTC"),
        first_sold_on=seller.first_sold_on if seller else None,
        currencies=pinned.currencies(reseller_id),
        version=pinned.manifest.version,
        as_of=pinned.manifest.built_at,
        problem=reader.last_problem,
        reader=pinned,
    )


def newest_version() -> str | None:
    """Of the figures that a page opened now would show."""
    try:
        return _reader(settings()).manifest.version
    except CatalogueError:
        return None


def load_today(desk: SalesDesk, currency: SoldCurrency, now: datetime) -> TodaySales:
    """Remembered to the minute: last week's part of the day grows with the clock."""
    moment = desk.local(now).replace(second=0, microsecond=0)
    return _today(desk.version, desk.reseller_id, currency, moment, desk.reader)


def load_period(desk: SalesDesk, currency: SoldCurrency, period: Period) -> PeriodSales:
    return _period(desk.version, desk.reseller_id, currency, period, desk.reader)


def load_hours(desk: SalesDesk, currency: SoldCurrency, period: Period) -> tuple[HourSales, ...]:
    return desk.reader.hours(desk.reseller_id, currency, period)


def load_rows(desk: SalesDesk, currency: SoldCurrency, period: Period) -> tuple[SalesRow, ...]:
    return desk.reader.rows(desk.reseller_id, currency, period)


def load_orders(desk: SalesDesk, query: OrderQuery) -> OrderList:
    return desk.reader.orders(desk.reseller_id, query)


def load_demand() -> tuple[CityDemand, ...]:
    """Empty as long as it was never counted."""
    try:
        return _reader(settings()).pinned().city_demand()
    except CatalogueError:
        return ()


@st.cache_data(max_entries=REMEMBERED, show_spinner=False)
def _today(
    version: str,  # noqa: ARG001 - what is remembered holds for one release
    reseller_id: str,
    currency: SoldCurrency,
    moment: datetime,
    _reader: SalesReader,
) -> TodaySales:
    today = moment.date()
    # By the clock on the wall, whatever it was set to in between.
    week_ago = (moment.replace(tzinfo=None) - WEEK).replace(tzinfo=moment.tzinfo)
    month = last_days(TREND_DAYS, today)
    return TodaySales(
        so_far=_reader.totals(reseller_id, currency, Period(today, today)),
        last_week=_reader.totals_until(reseller_id, currency, today - WEEK, week_ago),
        days=_reader.shares(reseller_id, currency, month, Dimension.DAY),
        products=_reader.shares(reseller_id, currency, month, Dimension.PRODUCT),
        cities=_reader.shares(reseller_id, currency, month, Dimension.CITY),
        visits=_reader.visits(reseller_id, Period(today, today + ONE_DAY)),
    )


@st.cache_data(max_entries=REMEMBERED, show_spinner=False)
def _period(
    version: str,  # noqa: ARG001 - what is remembered holds for one release
    reseller_id: str,
    currency: SoldCurrency,
    period: Period,
    _reader: SalesReader,
) -> PeriodSales:
    return PeriodSales(
        totals=_reader.totals(reseller_id, currency, period),
        before=_reader.totals(reseller_id, currency, period_before(period)),
        shares={dimension: _reader.shares(reseller_id, currency, period, dimension) for dimension in Dimension},
    )


@st.cache_resource(hash_funcs={Settings: lambda configured: (configured.publish_path, configured.home)})
def _reader(configured: Settings) -> SalesReader:
    return open_sales(configured)
