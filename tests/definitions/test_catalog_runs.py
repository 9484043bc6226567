"""A build and its release, run by Dagster over a lake that was filled by hand."""

import dagster as dg
import pytest

from dagster_project.definitions import platform_definitions
from dagster_project.runs import problems
from tests.definitions.platform import Platform, made
from tests.fixtures.raw_rows import load_rows, small_world
from warehouse import lake

# The first plan of all models and the first load are in it.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def platform(new_platform, tmp_path_factory):
    with (
        new_platform(tmp_path_factory.mktemp("catalog") / "home") as settings,
        dg.DagsterInstance.ephemeral() as instance,
    ):
        load_rows(settings, small_world())
        yield Platform(settings, platform_definitions(settings), instance)


@pytest.fixture(scope="module")
def published(platform):
    """The run that published the small world."""
    result = platform.run("publish")
    assert not problems(result)
    return result


def test_a_materialisation_says_what_the_lake_holds(platform, published):
    marts = {key: made for key, made in made(published).items() if key.startswith("catalog/")}
    assert len(marts) > 8
    said = {key.replace("/", "."): mart.metadata["dagster/row_count"].value for key, mart in marts.items()}
    (snapshot_id,) = {mart.metadata["lake_snapshot_id"].value for mart in marts.values()}
    with platform.lake_at(snapshot_id) as count:
        assert said == {table: count(table) for table in said}


def test_the_releases_materialisation_is_its_manifest(platform, published):
    materialisation = made(published)["published/catalog"]
    manifest = platform.release()
    assert materialisation.metadata["release"].value == manifest.version
    assert materialisation.metadata["rows"].value == manifest.row_counts
    assert materialisation.metadata["dagster/row_count"].value == sum(manifest.row_counts.values())


@pytest.mark.usefixtures("published")
def test_impossible_prices_of_one_connection_are_named_and_keep_nobody_back(platform):
    before = platform.release()
    change(platform, "UPDATE octo.slot_prices SET net_minor = retail_minor + 1 WHERE connection_id = 'canal'")

    result = platform.run("publish")

    assert result.success
    assert broken(result) == {
        "intermediate/int_catalog__prices": "24 rows break net_never_above_retail. canal: 24",
    }
    assert platform.release().version > before.version


@pytest.mark.usefixtures("published")
def test_a_broken_blocking_audit_keeps_the_release_back(platform):
    before = platform.release()
    change(platform, "INSERT INTO octo.options SELECT * FROM octo.options")

    result = platform.run("publish")

    assert not result.success
    assert "rows break unique_values" in broken(result)["catalog/dim_option"]
    assert "published/catalog" not in made(result)
    assert platform.release() == before


def broken(result):
    """Asset key -> what its failed check says."""
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    return {check.asset_key.to_user_string(): check.description for check in failed}


def change(platform, statement):
    with lake.connect(platform.settings) as connection:
        connection.execute(statement)
