"""How SQLMesh runs our models. settings -> one SQLMesh configuration per dataset, each with a state of its own."""

from datetime import date

from psycopg.conninfo import conninfo_to_dict
from sqlmesh.core import constants
from sqlmesh.core.config import (
    Config,
    DuckDBConnectionConfig,
    GatewayConfig,
    LinterConfig,
    ModelDefaultsConfig,
    PostgresConnectionConfig,
)
from sqlmesh.core.config.connection import DuckDBAttachOptions
from sqlmesh.core.config.format import FormatConfig

from core.db.addresses import Database, database_url
from core.db.duckdb_extensions import NO_DOWNLOADS, install_extensions
from core.settings import Settings
from warehouse.lake import LAKE, LOADED_EXTENSIONS, catalog_address, data_path
from warehouse.manifest import Dataset

POSTGRES_PORT = 5432

# SQLMesh would read models in forks of this process, and a fork of one that has threads and connections can crash.
constants.MAX_FORK_WORKERS = 1

LINT_RULES = {
    "ambiguousorinvalidcolumn",
    "invalidselectstarexpansion",
    "noambiguousprojections",
    "nomissingexternalmodels",
    "noselectstar",
}

# What each dataset is made of; the others' configurations leave it out.
OWN_FILES = {
    Dataset.CATALOG: (
        "models/staging/geonames/*",
        "models/staging/octo/*",
        "models/intermediate/int_catalog__*",
        "models/marts/catalog/*",
        "tests/models/catalog/*",
    ),
    Dataset.SALES: (
        "models/staging/shop/*",
        "models/staging/stripe/*",
        "models/intermediate/int_sales__*",
        "models/marts/sales/*",
        "tests/models/sales/*",
    ),
}
# The first day that models by day are built for.
FIRST_DAY = date(2020, 1, 1)
# A plan counts a model's intervals from here on. The catalogue's are quarter hours, though each model is built whole:
# counted from FIRST_DAY they cost a first build three seconds.
STARTS = {Dataset.CATALOG: date(2026, 11, 1), Dataset.SALES: FIRST_DAY}


def project_config(dataset: Dataset, settings: Settings, *, has_tests: bool = False) -> Config:
    """The dataset's models over the lake, with SQLMesh's state in PostgreSQL. Their tests cost time to read.

    Without TIQZY_DATABASE_URL both are an empty DuckDB in memory: enough to lint, format and test the models.
    """
    if settings.database_url is None:
        in_memory = GatewayConfig(connection=DuckDBConnectionConfig(), state_schema=f"{dataset}_state")
        return _config(dataset, in_memory, settings, has_tests=has_tests)
    install_extensions()
    gateway = GatewayConfig(
        connection=_lake_connection(settings),
        state_connection=_state_connection(settings),
        state_schema=f"{dataset}_state",
        test_connection=DuckDBConnectionConfig(),
    )
    return _config(dataset, gateway, settings, has_tests=has_tests)


def _config(dataset: Dataset, gateway: GatewayConfig, settings: Settings, *, has_tests: bool) -> Config:
    return Config(
        project=dataset.value,
        # By its gateway's name a dataset finds the external models that stand for another's tables.
        gateways={dataset.value: gateway},
        default_gateway=dataset.value,
        model_defaults=ModelDefaultsConfig(dialect="duckdb", start=STARTS[dataset].isoformat()),
        linter=LinterConfig(enabled=True, rules=LINT_RULES),
        format=FormatConfig(append_newline=True),
        ignore_patterns=[
            *constants.IGNORE_PATTERNS,
            *_files_of_others(dataset),
            *([] if has_tests else ["test_*.yaml"]),
        ],
        disable_anonymized_analytics=True,
        infer_python_dependencies=False,  # the lock file pins them; scanning what is installed costs a second
        # It caches what each state knows of a model: shared by two states, one would plan with the other's versions.
        cache_dir=str(settings.home.resolve() / "cache" / "sqlmesh" / dataset),
    )


def _files_of_others(dataset: Dataset) -> list[str]:
    return [pattern for other, patterns in OWN_FILES.items() if other is not dataset for pattern in patterns]


def _lake_connection(settings: Settings) -> DuckDBConnectionConfig:
    lake = DuckDBAttachOptions(
        type="ducklake",
        path=catalog_address(settings).replace("'", "''"),
        data_path=data_path(settings).replace("'", "''"),
        metadata_schema=LAKE,
    )
    return DuckDBConnectionConfig(
        catalogs={LAKE: lake},
        extensions=list(LOADED_EXTENSIONS),
        register_comments=False,  # DuckLake cannot comment on a view's columns; Dagster shows them from the models
        connector_config={**NO_DOWNLOADS, "TimeZone": "UTC", "enable_progress_bar": "false"},
    )


def _state_connection(settings: Settings) -> PostgresConnectionConfig:
    address = conninfo_to_dict(database_url(Database.SQLMESH, settings))
    return PostgresConnectionConfig(
        host=address.get("host") or "localhost",
        port=int(address.get("port") or POSTGRES_PORT),
        user=address.get("user") or "",
        password=address.get("password") or "",
        database=address["dbname"],
        sslmode=address.get("sslmode"),
    )
