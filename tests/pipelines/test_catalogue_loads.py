"""Catalogue loads into a real lake: what is written, what is left alone, what is refused."""

import json

import pytest
from dlt.destinations.impl.ducklake.ducklake import DuckLakeClient

from core.errors import ProviderUnavailable
from pipelines.errors import CatalogueTruncated
from pipelines.loads import load_catalogue
from pipelines.sources.octo.errors import OctoMalformed
from tests.pipelines.supplies import product, sells, unit
from warehouse import lake

# What dlt does last of a load, right before we commit.
LAST_STEP = "complete_load"
TEN = [f"p{n}" for n in range(10)]


@pytest.fixture
def load(lake_settings, supplier, later):
    return lambda **options: load_catalogue(supplier.connection, lake_settings, clock=later, **options)


def test_a_catalogue_arrives_with_its_children(load, supplier, rows):
    sells(supplier, product("tower"), product("museum", pricingPer="BOOKING"))
    report = load()
    assert report.rows["products"] == 2
    assert rows("provider_product_id, title, pricing_per, deleted_at", "products") == [
        ("museum", "Title of museum", "BOOKING", None),
        ("tower", "Title of tower", "UNIT", None),
    ]
    assert rows("provider_unit_id, retail_minor, net_minor, currency", "list_prices")[0] == ("adult", 2000, 1600, "EUR")
    assert rows("cancellation_cutoff_seconds, local_start_times", "options")[0] == (86_400, "10:00")
    assert rows("provider_supplier_id, name, website", "suppliers") == [("s1", "Scripted", "https://scripted.example")]
    assert rows("product_count, added, changed, deleted", "catalogue_reads") == [(2, 2, 0, 0)]


def test_the_same_catalogue_again_writes_no_product(load, supplier, rows):
    sells(supplier, product("tower"))
    load()
    changed_at = rows("changed_at", "products")
    assert "products" not in load().rows
    assert rows("changed_at", "products") == changed_at
    assert len(rows("provider_unit_id", "units")) == 2
    assert rows("read_at, added", "catalogue_reads")[1][1] == 0


def test_a_changed_product_replaces_its_children_and_leaves_others_alone(load, supplier, rows):
    sells(supplier, product("tower"), product("museum"))
    load()
    options = [product("tower")["options"][0] | {"units": [unit("senior", 1500)]}]
    sells(supplier, product("tower", options=options, features=[]), product("museum"))
    assert load().rows["products"] == 1
    assert rows("provider_product_id, provider_unit_id", "units") == [
        ("museum", "adult"),
        ("museum", "child"),
        ("tower", "senior"),
    ]
    current = rows("content_hash", "products")
    assert [row[0] for row in rows("provider_product_id, content_hash", "features") if row[1] in current] == [
        "museum",
        "museum",
    ]


def test_a_vanished_product_is_marked_and_comes_back(load, supplier, rows):
    sells(supplier, *map(product, TEN))
    load()
    sells(supplier, *map(product, TEN[:-1]))
    load()
    marked = "provider_product_id, title, deleted_at IS NOT NULL"
    assert rows(marked, "products")[-1] == ("p9", "Title of p9", True)
    sells(supplier, *map(product, TEN))
    load()
    assert rows(marked, "products")[-1] == ("p9", "Title of p9", False)
    assert len(rows("provider_product_id", "products")) == 10
    assert rows("added, deleted, read_at", "catalogue_reads")[0][:2] == (0, 1)


def test_a_truncated_catalogue_is_refused_before_anything_is_written(load, supplier, rows):
    sells(supplier, *map(product, TEN))
    load()
    sells(supplier, product("p0", title="New title"), *map(product, TEN[1:6]))
    with pytest.raises(CatalogueTruncated, match="4 of 10"):
        load()
    sells(supplier)
    with pytest.raises(CatalogueTruncated, match="0 products"):
        load()
    assert len(rows("read_at", "catalogue_reads")) == 1
    assert "New title" not in rows("title", "products")


def test_a_drop_that_a_person_vouches_for_is_believed(load, supplier, rows):
    sells(supplier, *map(product, TEN))
    load()
    sells(supplier, *map(product, TEN[:2]))
    load(accept_drop=True)
    assert rows("deleted_at IS NULL", "products").count(True) == 2


def test_a_new_field_is_kept_in_the_payload_and_changes_nothing_else(load, supplier, rows):
    sells(supplier, product("tower"))
    load()
    sells(supplier, product("tower", sustainability={"label": "green"}))
    load()
    (payload,) = rows("payload", "products")
    assert json.loads(payload)["sustainability"] == {"label": "green"}
    assert rows("title", "products") == ["Title of tower"]


@pytest.mark.parametrize(
    ("flip", "field"),
    [
        ({"pricingFrom": [{"original": 1, "retail": "12.50", "currency": "EUR", "currencyPrecision": 2}]}, "retail"),
        ({"pricingFrom": [{"original": 1, "retail": -5, "currency": "EUR", "currencyPrecision": 2}]}, "retail"),
        ({"restrictions": {"minAge": "four"}}, "minAge"),
    ],
)
def test_a_type_that_flips_fails_and_says_where(load, supplier, rows, flip, field):
    sells(supplier, product("tower"))
    load()
    options = [product("museum")["options"][0] | {"units": [unit("adult") | flip]}]
    sells(supplier, product("tower", title="New title"), product("museum", options=options))
    with pytest.raises(OctoMalformed, match=rf"museum: options\.0\.units\.0\..*{field}"):
        load()
    assert rows("title", "products") == ["Title of tower"]


@pytest.mark.parametrize("place", ["options.0.id", "options.0.units.0.id"])
def test_a_part_without_an_id_is_refused_and_named(load, supplier, place):
    nameless = product("tower")
    part = nameless["options"][0] if place == "options.0.id" else nameless["options"][0]["units"][0]
    part["id"] = ""
    sells(supplier, nameless)
    with pytest.raises(OctoMalformed, match=rf"product tower: {place}: .* at least 1 character"):
        load()


def test_a_supplier_that_is_down_leaves_the_lake_alone(load, supplier, rows):
    sells(supplier, product("tower"))
    load()
    supplier.replies["GET /products"] = (503, {"error": "INTERNAL_SERVER_ERROR", "errorMessage": "no"})
    with pytest.raises(ProviderUnavailable, match="products: 503"):
        load()
    assert rows("provider_product_id", "products") == ["tower"]
    assert len(rows("read_at", "catalogue_reads")) == 1


def test_a_load_cut_short_before_its_commit_leaves_the_lake_alone(load, supplier, rows, monkeypatch):
    sells(supplier, product("tower"))
    load()
    sells(supplier, product("tower", title="New title"))
    with monkeypatch.context() as patch:
        patch.setattr(DuckLakeClient, LAST_STEP, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            load()
    assert rows("title", "products") == ["Title of tower"]
    assert len(rows("read_at", "catalogue_reads")) == 1
    assert load().rows["products"] == 1
    assert rows("title", "products") == ["New title"]


def test_a_load_that_loses_against_another_commit_starts_again(load, supplier, rows, lake_settings, monkeypatch):
    sells(supplier, product("tower"))
    load()
    sells(supplier, product("tower", title="New title"))
    commits = []

    def complete_load(client, load_id):
        if not commits:
            with lake.connect(lake_settings) as other:
                other.execute("UPDATE octo.products SET title = 'Meanwhile'")
        commits.append(load_id)
        finish(client, load_id)

    finish = getattr(DuckLakeClient, LAST_STEP)
    monkeypatch.setattr(DuckLakeClient, LAST_STEP, complete_load)
    load()
    assert len(commits) == 2
    assert rows("title", "products") == ["New title"]


def test_an_option_or_unit_that_comes_twice_is_one(load, supplier, rows):
    option = product("tower")["options"][0] | {"units": [unit("adult"), unit("adult", 2500)]}
    sells(supplier, product("tower", options=[option | {"title": "Old"}, option | {"title": "New"}]))
    load()
    assert rows("title", "options") == ["New"]
    assert rows("provider_unit_id, retail_minor", "list_prices") == [("adult", 2500)]


def test_a_reply_nested_without_end_is_malformed(load, supplier):
    sells(supplier)
    supplier.replies["GET /products"] = (200, b"[" * 100_000)
    with pytest.raises(OctoMalformed):
        load()


def test_people_behind_a_supplier_do_not_reach_the_lake(load, supplier, rows):
    contact = {"name": "Jan Jansen", "email": "jan@scripted.example", "telephone": "+31 6 1234"}
    sells(supplier, product("tower", destination={"name": "Delft", "contact": contact}))
    load()
    stored = json.dumps([rows("*", table) for table in ("products", "suppliers", "locations")], default=str)
    assert "Delft" in stored
    assert "jan@" not in stored.lower()
    assert "1234" not in stored
