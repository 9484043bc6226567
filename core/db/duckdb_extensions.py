"""DuckDB's extensions from the locked wheels. site-packages -> DuckDB's extension folder, never the network."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import duckdb

from core.errors import DatabaseError

EXTENSIONS = ("ducklake", "postgres_scanner", "httpfs", "icu")

# An extension that is missing must fail at once: DuckDB would otherwise look for it on the internet.
NO_DOWNLOADS: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": "false"}


@lru_cache(maxsize=1)
def install_extensions() -> None:
    """Make `INSTALL x` and `LOAD x` work offline for every extension we use, in this process and in later ones.

    dlt, SQLMesh and our own connections find them afterwards. DatabaseError when a wheel is not installed.
    """
    connection = duckdb.connect(config=NO_DOWNLOADS)  # noqa: TID251 - a throw-away one, before any lake exists
    try:
        for name in EXTENSIONS:
            connection.execute(f"INSTALL '{_extension_file(name)}'")
    except duckdb.Error as error:
        raise DatabaseError(f"DuckDB's extensions cannot be installed: {error}") from error
    finally:
        connection.close()


def _extension_file(name: str) -> Path:
    package = find_spec(f"duckdb_extension_{name}")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise DatabaseError(f"the wheel duckdb-extension-{name.replace('_', '-')} is not installed")
    return Path(folders[0]) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
