"""The map: enough of it, and every place near the city it is said to be in."""

from collections import Counter

import pytest

from sandbox.world.geography import load_cities
from sandbox.world.offers import load_kinds, load_offers, load_unit_types
from sandbox.world.places import load_places
from sandbox.world.world import build_world

FARTHEST_KM = 40


def test_the_world_has_its_size() -> None:
    cities = {place.city.key for place in load_places()}
    assert cities == set(load_cities())
    assert len(cities) >= 25
    assert len({city.country.code for city in load_cities().values()}) >= 10
    assert len(load_places()) >= 150


def test_cities_are_those_of_geonames() -> None:
    amsterdam = load_cities()["amsterdam"]
    assert (amsterdam.name, amsterdam.country.name, amsterdam.zone.key) == (
        "Amsterdam",
        "Netherlands",
        "Europe/Amsterdam",
    )
    assert amsterdam.population > 700_000
    for key, city in load_cities().items():
        assert city.population > 15_000, key


def test_no_place_lies_far_from_its_city() -> None:
    assert {place.key: place.distance_km for place in load_places() if place.distance_km > FARTHEST_KM} == {}


def test_nothing_is_there_twice() -> None:
    for attribute in ("key", "source"):
        counts = Counter(getattr(place, attribute) for place in load_places())
        counts.pop(None, None)
        assert {value: count for value, count in counts.items() if count > 1} == {}
    where = Counter((place.latitude, place.longitude) for place in load_places())
    assert max(where.values()) == 1


def test_every_place_has_both_names_a_known_kind_and_a_source_or_none() -> None:
    for place in load_places():
        assert place.name.strip(), place.key
        assert place.local_name.strip(), place.key
        assert place.kind in load_kinds()
        assert place.source is None or place.source.startswith("https://"), place.key


def test_each_kind_sells_offers_that_exist_for_units_that_exist() -> None:
    for kind in load_kinds().values():
        assert set(kind.offers) <= set(load_offers())
    assert {offer.units for offer in load_offers().values()} <= set(load_unit_types())


@pytest.mark.parametrize("count", [1, 24, 60])
def test_a_small_world_is_spread_over_the_map(count: int) -> None:
    world = build_world(1, place_count=count)
    assert len(world.places) == count
    assert len({place.city.key for place in world.places}) == min(count, len(load_cities()))
