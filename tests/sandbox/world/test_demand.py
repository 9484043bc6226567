"""Seasons, weekdays and holidays show in what is left to sell, and a seed always gives the same world."""

from datetime import date, timedelta

import pytest

from core.domain.clock import utc_now
from sandbox.providers.assortment import assortment
from sandbox.providers.profiles import CANAL, MERIDIAN
from sandbox.world.demand import opening
from sandbox.world.products import Product, opening_minutes
from sandbox.world.seasons import crowd, days_between, easter, is_holiday
from sandbox.world.world import World, build_world

TODAY = date(2027, 3, 1)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(1)


@pytest.fixture(scope="module")
def products(world) -> tuple[Product, ...]:
    return assortment(world, CANAL) + assortment(world, MERIDIAN)


def _left(world: World, product: Product, day: date) -> list[int | None]:
    found = opening(product, product.options[0], day, TODAY, world.noise)
    return [] if found is None else [vacancies for _, vacancies in found.slots]


def _share_left(world: World, products: tuple[Product, ...], days: list[date]) -> float:
    left = [
        (sum(vacancies), product.offer.capacity * len(vacancies))
        for product in products
        if not product.offer.is_freesale
        for day in days
        if (vacancies := [count or 0 for count in _left(world, product, day)])
    ]
    return sum(part for part, _ in left) / sum(whole for _, whole in left)


def test_the_same_seed_is_the_same_world_and_another_is_not(world) -> None:
    again, other = build_world(1), build_world(2)
    assert assortment(again, CANAL) == assortment(world, CANAL)
    assert assortment(other, CANAL) != assortment(world, CANAL)
    product = assortment(world, CANAL)[0]
    assert _left(world, product, date(2027, 4, 3)) == _left(again, product, date(2027, 4, 3))


def test_saturdays_are_fuller_than_tuesdays_and_near_days_than_far_ones(world, products) -> None:
    saturday, tuesday, far_saturday = date(2027, 3, 6), date(2027, 3, 2), date(2027, 6, 5)
    saturdays, tuesdays = (_share_left(world, products, [day]) for day in (saturday, tuesday))
    assert saturdays < tuesdays
    assert _share_left(world, products, [saturday]) < _share_left(world, products, [far_saturday])


def test_there_are_sold_out_limited_and_free_days(world, products) -> None:
    days = days_between(TODAY, TODAY + timedelta(days=20))
    shares = [
        max(vacancies) / product.offer.capacity
        for product in products
        if not product.offer.is_freesale
        for day in days
        if (vacancies := [count or 0 for count in _left(world, product, day)])
    ]
    assert 0.005 < sum(share == 0 for share in shares) / len(shares) < 0.15
    assert 0.005 < sum(0 < share < 0.5 for share in shares) / len(shares) < 0.3


def test_some_places_close_on_mondays_and_all_on_christmas_day(products) -> None:
    monday, tuesday, christmas = date(2027, 3, 8), date(2027, 3, 9), date(2027, 12, 25)
    closed = [product for product in products if not opening_minutes(product, monday)]
    assert any(opening_minutes(product, tuesday) for product in closed)
    assert len(closed) < len(products) / 2
    assert not any(opening_minutes(product, christmas) for product in products)


def test_a_garden_with_a_season_is_shut_outside_it(products) -> None:
    garden = next(product for product in products if product.place.name == "Keukenhof")
    assert opening_minutes(garden, date(2027, 4, 14))
    assert not opening_minutes(garden, date(2027, 7, 14))


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))]
)
def test_easter_falls_where_the_church_puts_it(year: int, sunday: date) -> None:
    assert easter(year) == sunday
    assert is_holiday(sunday)


def test_summer_is_busy_outside_and_quiet_days_are_quiet() -> None:
    assert crowd(date(2027, 7, 24), outdoor=True) > 150
    assert crowd(date(2027, 1, 12), outdoor=True) < 40
    assert crowd(utc_now().date(), outdoor=False) > 0


def test_both_suppliers_sell_and_share_some_places(world) -> None:
    canal, meridian = ({product.place.key for product in assortment(world, profile)} for profile in (CANAL, MERIDIAN))
    assert len(canal & meridian) > 40
    assert canal - meridian
    assert meridian - canal
    assert canal | meridian == {place.key for place in world.places}
    ids = [product.product_id for profile in (CANAL, MERIDIAN) for product in assortment(world, profile)]
    assert len(ids) == len(set(ids))
