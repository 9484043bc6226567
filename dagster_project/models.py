"""A dataset's models as SQLMesh reads them from the repository; no database is opened."""

from sqlmesh import Context
from sqlmesh.core.model import Model

from core.settings import ROOT, Environment, Settings
from warehouse.manifest import Dataset
from warehouse.project import project_config

# The models are the same wherever they run, and without an address nothing can be opened by mistake.
NOWHERE = Settings(_env_file=None, environment=Environment.TEST, database_url=None, shop_database_url=None)


def models_of(dataset: Dataset) -> list[Model]:
    """Those that become tables or views, each after what it reads."""
    context = Context(paths=[str(ROOT)], config={ROOT: project_config(dataset, NOWHERE)})
    ordered = (context.models[name] for name in context.dag.sorted if name in context.models)
    return [model for model in ordered if not model.kind.is_symbolic]
