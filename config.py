"""SQLMesh's way into the project: `sqlmesh --config sales <command>` works on what these settings name."""

from core.settings import settings
from warehouse.manifest import Dataset
from warehouse.project import project_config

catalog = project_config(Dataset.CATALOG, settings(), has_tests=True)
sales = project_config(Dataset.SALES, settings(), has_tests=True)
config = catalog
