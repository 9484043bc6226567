"""A build and its release, run by Dagster over a lake that was filled by hand."""

import pytest

from dagster_project.definitions import platform_definitions
from tests.definitions.platform import Platform, checks, made
from warehouse import lake

pytestmark = pytest.mark.slow


@pytest.fixture
def platform(seeded_lake, instance):
    return Platform(seeded_lake, platform_definitions(seeded_lake), instance)


def test_a_materialisation_says_what_the_lake_holds(platform):
    result = platform.run("publish")
    assert result.success
    materialisations = made(result)
    marts = {key: made for key, made in materialisations.items() if key.startswith("catalog/")}
    assert len(marts) > 8
    for key, materialisation in marts.items():
        snapshot_id = materialisation.metadata["lake_snapshot_id"].value
        counted = platform.rows_at(snapshot_id, key.replace("/", "."))
        assert (key, materialisation.metadata["dagster/row_count"].value) == (key, counted)


def test_the_releases_materialisation_is_its_manifest(platform):
    materialisation = made(platform.run("publish"))["published/catalog"]
    manifest = platform.release()
    assert materialisation.metadata["release"].value == manifest.version
    assert materialisation.metadata["rows"].value == manifest.row_counts
    assert materialisation.metadata["dagster/row_count"].value == sum(manifest.row_counts.values())


def test_a_broken_audit_keeps_the_release_back(platform):
    assert platform.run("publish").success
    before = platform.release()
    with lake.connect(platform.settings) as connection:
        connection.execute("UPDATE octo.slot_prices SET net_minor = retail_minor + 1")

    result = platform.run("publish")

    assert not result.success
    passed, why = checks(result)["net_never_above_retail"]
    assert not passed
    assert "rows break net_never_above_retail" in why
    assert "published/catalog" not in made(result)
    assert platform.release() == before
