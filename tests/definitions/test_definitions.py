"""What Dagster's page lists: assets, checks, lineage, schedules."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.remote_representation.external_data import RepositorySnap
from dagster_shared.serdes import serialize_value

from dagster_project.defs.catalog.assets import RELEASE
from dagster_project.defs.sales.assets import RELEASE as SALES_RELEASE
from dagster_project.partitions import BUSINESS_DAYS

ASSET_KEYS = Path(__file__).with_name("asset_keys.txt")


@pytest.fixture(scope="module")
def graph(definitions):
    return definitions.resolve_asset_graph()


def test_dagsters_processes_can_exchange_the_definitions(definitions):
    assert serialize_value(RepositorySnap.from_def(definitions.get_repository_def()))


def test_asset_keys_are_the_tables_we_agreed_on(graph):
    keys = sorted(key.to_user_string() for key in graph.materializable_asset_keys)
    assert keys == ASSET_KEYS.read_text().split()


def test_every_asset_is_made_by_us_described_and_grouped(graph):
    assert graph.get_all_asset_keys() == graph.materializable_asset_keys
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert not [node.key for node in nodes if not node.description or node.group_name == "default"]


def test_every_asset_has_a_freshness_policy_but_views_and_what_follows_the_shops_changes(graph):
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    free = {
        node.key
        for node in nodes
        if "view" in node.kinds or node.group_name == "shop" or node.partitions_def == BUSINESS_DAYS
    }
    assert {node.key for node in nodes if node.freshness_policy is None} == free


@pytest.mark.parametrize(
    "table", ["octo/products", "octo/calendar_days", "octo/slots", "octo/slot_prices", "geonames/cities"]
)
def test_lineage_runs_from_a_providers_table_to_the_release(graph, table):
    upstream = dg.AssetSelection.assets(RELEASE).upstream().resolve(graph)
    assert dg.AssetKey.from_user_string(table) in upstream


@pytest.mark.parametrize("table", ["shop/order_items", "shop/ledger_postings", "stripe/payouts", "geonames/cities"])
def test_lineage_runs_from_the_shop_and_from_stripe_to_the_figures(graph, table):
    upstream = dg.AssetSelection.assets(SALES_RELEASE).upstream().resolve(graph)
    assert dg.AssetKey.from_user_string(table) in upstream


def test_what_is_sold_on_a_day_can_be_made_again_by_that_day(definitions, graph):
    selected = definitions.resolve_job_def("sales").asset_layer.executable_asset_keys
    by_day = {key.to_user_string() for key in selected if graph.get(key).partitions_def == BUSINESS_DAYS}
    assert by_day >= {"shop/order_items", "sales/fct_order_item", "sales/agg_sales_by_day"}


@pytest.mark.parametrize("job", ["stripe", "publish_sales"])
def test_a_job_that_nobody_asks_for_days_has_no_asset_that_needs_some(definitions, graph, job):
    selected = definitions.resolve_job_def(job).asset_layer.executable_asset_keys
    assert {SALES_RELEASE, dg.AssetKey(["sales", "fct_payout"])} <= selected
    assert not {key for key in selected if graph.get(key).partitions_def}


def test_the_slots_reach_the_release_through_their_models(graph):
    below = dg.AssetSelection.assets("octo/slots").downstream().resolve(graph)
    schemas = {key.path[0] for key in below}
    assert schemas >= {"octo", "staging", "catalog", "published"}


def test_a_mart_carries_its_columns_and_their_meaning(graph):
    node = graph.get(dg.AssetKey(["catalog", "dim_product"]))
    columns = {column.name: column for column in node.metadata["dagster/column_schema"].columns}
    assert columns["product_id"].description
    assert columns["from_retail_minor"].type == "BIGINT"
    assert node.owners == ["team:catalog"]


def test_every_connection_has_a_check_on_each_kind_of_load(graph):
    names = {check.to_user_string() for check in graph.asset_check_keys}
    loads = ("octo/products", "octo/calendar_days", "octo/slots")
    assert names >= {f"{table}:{name}_loaded" for table in loads for name in ("one", "two")}


def test_audits_of_marts_are_checks_that_block(graph):
    specs = [graph.get_check_spec(check) for check in graph.asset_check_keys if check.asset_key.path[0] == "catalog"]
    assert specs
    assert any(spec.blocking for spec in specs)


def test_every_schedule_says_why_it_runs_when_it_does(definitions):
    schedules = definitions.schedules
    assert {schedule.job_name for schedule in schedules} == {
        "catalogue",
        "calendar",
        "slots",
        "geography",
        "stripe",
        "maintenance",
    }
    assert not [
        schedule.name for schedule in schedules if len(schedule.description or "") < len("Hourly: because it is.")
    ]
