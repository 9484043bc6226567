"""A shop finds its way from countries to a bookable time, and never sees what is not its own."""

from datetime import timedelta

import pytest

from tests.fixtures.raw_rows import READ_AT, TODAY
from warehouse.publish import publish
from warehouse.readers.catalog import CatalogReader, open_catalog
from warehouse.readers.shapes import CatalogScope, ProductQuery, ProductSort

AMSTERDAM = "cty_2759794"
PARIS = "cty_2988507"


@pytest.fixture(scope="module")
def catalog(small_build, publishing_to, tmp_path_factory) -> CatalogReader:
    settings = publishing_to(tmp_path_factory.mktemp("published"))
    publish(small_build[1], settings)
    return open_catalog(settings)


@pytest.fixture
def rijksmuseum(catalog):
    (product,) = (item for item in catalog.products(ProductQuery()).items if item.title == "Rijksmuseum ticket")
    return product.product_id


def test_the_way_down(catalog):
    france, netherlands = catalog.countries()
    assert (netherlands.slug, netherlands.city_count, netherlands.place_count, netherlands.product_count) == (
        "the-netherlands",
        1,
        2,
        3,
    )
    (city,) = catalog.cities(country_code="NL")
    assert (city.slug, city.country_name, city.product_count) == ("amsterdam", "The Netherlands", 3)
    assert [place.slug for place in catalog.places(city.city_id)] == ["rijksmuseum-amsterdam", "pier-5-amsterdam"]
    assert france.product_count == 1


@pytest.mark.parametrize(
    ("scope", "cities"),
    [
        (CatalogScope(), ["amsterdam", "paris"]),
        (CatalogScope(country_codes=frozenset({"FR"})), ["paris"]),
        (CatalogScope(city_ids=frozenset({AMSTERDAM})), ["amsterdam"]),
        (CatalogScope(frozenset({"FR"}), frozenset({AMSTERDAM})), ["amsterdam", "paris"]),
        (CatalogScope(country_codes=frozenset({"US"})), []),
    ],
)
def test_a_shop_sees_its_countries_and_cities_only(catalog, scope, cities):
    assert [city.slug for city in catalog.cities(scope)] == cities
    assert len(catalog.countries(scope)) == len(cities)
    assert {item.city_slug for item in catalog.products(ProductQuery(scope=scope)).items} == set(cities)
    assert bool(catalog.search("louvre", scope).products) == ("paris" in cities)


def test_things_are_found_by_slug_or_id_and_otherwise_not_at_all(catalog, rijksmuseum):
    product = catalog.product(rijksmuseum)
    assert catalog.product(product.slug) == product
    assert catalog.place(product.place_slug).place_id == product.place_id
    assert catalog.city("amsterdam").city_id == AMSTERDAM
    assert (catalog.city("x"), catalog.place("x"), catalog.product("x"), catalog.medium("x")) == (None,) * 4


@pytest.mark.parametrize(
    ("name", "city_id"),
    [
        ("Paris", PARIS),
        ("  noordwijk ", "cty_2749811"),
        ("PARIJS", PARIS),
        ("lutèce", PARIS),
        ("Par", None),
        ("", None),
    ],
)
def test_any_city_of_the_world_is_known_by_its_whole_name(catalog, name, city_id):
    found = catalog.city_named(name)
    assert (found.city_id if found else None) == city_id


def test_a_product_page_has_all_its_parts(catalog, rijksmuseum):
    product = catalog.product(rijksmuseum)
    (option,) = catalog.options(rijksmuseum)
    assert [unit.type for unit in option.units] == ["ADULT", "CHILD"]
    assert [feature.text for feature in catalog.features(rijksmuseum)] == ["No queue"]
    assert [medium.rel for medium in catalog.media(rijksmuseum)] == ["LOGO", "COVER"]
    assert catalog.medium(product.cover_media_id).rel == "COVER"
    assert str(product.from_retail.major) == "22.50"
    assert product.cancellation_cutoff_seconds == 86400
    assert product.categories == ("museums", "history")
    assert product.fetched_at == READ_AT


def test_days_and_slots_carry_their_prices_and_age(catalog, rijksmuseum):
    days = catalog.calendar(rijksmuseum, TODAY, TODAY + timedelta(days=1))
    assert [(day.local_date, day.from_retail.minor, day.vacancies) for day in days] == [
        (TODAY, 2250, 30),
        (TODAY + timedelta(days=1), 2250, 30),
    ]
    morning, afternoon = catalog.slots(rijksmuseum, TODAY)
    assert (morning.local_start_time, morning.local_end_time, afternoon.local_start_time) == ("10:00", "12:00", "14:00")
    assert [price.retail.minor for price in morning.prices] == [2250, 0]
    assert {price.slot_id for price in morning.prices} == {morning.slot_id}
    assert morning.fetched_at == READ_AT
    assert catalog.slots(rijksmuseum, TODAY + timedelta(days=90)) == ()


def test_lists_are_filtered_sorted_and_paged(catalog):
    by_title = ProductQuery(sort=ProductSort.TITLE, page_size=3)
    first = catalog.products(by_title)
    assert [item.title for item in first.items] == ["Canal trip", "Louvre ticket", "Rijksmuseum ticket"]
    assert first.total == 4
    second = catalog.products(ProductQuery(sort=ProductSort.TITLE, page_size=3, page=2))
    assert [item.title for item in second.items] == ["Skip the line: Rijksmuseum"]
    past_the_end = catalog.products(ProductQuery(page=9))
    assert (past_the_end.items, past_the_end.total) == ((), 4)
    assert catalog.products(ProductQuery(city_id=PARIS)).total == 1
    assert catalog.products(ProductQuery(kind="museum")).total == 4
    assert catalog.products(ProductQuery(kind="zoo")).total == 0
    assert catalog.products(ProductQuery(category="history")).total == 4
    assert catalog.products(ProductQuery(category="hist")).total == 0


@pytest.mark.parametrize("text", ["musée", "MUSEE", " musee du l"])
def test_search_does_not_mind_accents_or_case(catalog, text):
    assert [place.name for place in catalog.search(text).places if place.city_id == PARIS] == ["Musée du Louvre"]


def test_each_source_says_how_old_it_is(catalog):
    assert [source.connection_id for source in catalog.sources()] == ["canal", "meridian"]
    assert all(source.slots_read_at == READ_AT for source in catalog.sources())
    assert catalog.manifest.sources["canal"].catalogue_read_at == READ_AT


def test_a_pinned_catalogue_stays_on_its_release(catalog):
    assert catalog.pinned().manifest == catalog.manifest
    assert catalog.last_problem is None
