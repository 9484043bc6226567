"""How SQLMesh is told to run our models."""

from warehouse.manifest import Dataset
from warehouse.project import project_config


def test_two_platforms_of_one_checkout_share_no_cache(platform_settings, tmp_path):
    """SQLMesh caches how each state versioned a model: with another's, no build after an upgrade succeeds."""
    other = platform_settings.model_copy(update={"home": tmp_path / "other"})
    caches = {project_config(Dataset.CATALOG, settings).cache_dir for settings in (platform_settings, other)}
    assert len(caches) == 2
