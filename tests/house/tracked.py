"""The files that a commit would hold."""

import subprocess
from functools import lru_cache
from pathlib import Path

from core.settings import ROOT


@lru_cache(maxsize=1)
def tracked_files() -> tuple[Path, ...]:
    """Files that git knows or would add, deleted ones left out."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(sorted(path for path in files if path.is_file()))


def named(path: Path) -> str:
    """The file as a message should call it."""
    return str(path.relative_to(ROOT))
