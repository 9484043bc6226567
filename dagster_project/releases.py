"""A published release in Dagster's words. warehouse.manifest.Manifest -> a materialisation's metadata"""

from typing import Any

from dagster_project.evidence import ROW_COUNT
from warehouse.manifest import Manifest


def release_metadata(manifest: Manifest) -> dict[str, Any]:
    """Which release it is, what is in it, and how old what it was made of is."""
    said = manifest.model_dump(mode="json", exclude_none=True)
    return {
        "release": manifest.version,
        ROW_COUNT: sum(manifest.row_counts.values()),
        "bytes": manifest.bytes,
        "rows": manifest.row_counts,
        "sources": said["sources"],
        **({"read_to": said["read_to"]} if "read_to" in said else {}),
    }
