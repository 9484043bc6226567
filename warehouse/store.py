"""The folder or bucket that releases are published to. release and its manifest, then manifest.json names it.

<publish_path>/<dataset>/manifest.json                 what readers follow; replaced in one step, always last
<publish_path>/<dataset>/<version>.duckdb              immutable
<publish_path>/<dataset>/<version>.json                its manifest, kept for a rollback
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from warehouse.manifest import Dataset, Manifest

CURRENT = "manifest.json"
# Of a file that is still being written, or that a killed publisher never finished.
UNFINISHED = ".part"


class ReleaseStore:
    """One dataset's releases at an address fsspec understands (a path, file://, s3://, gs://)."""

    def __init__(self, publish_path: str, dataset: Dataset) -> None:
        self.dataset = dataset
        self._fs, root = fsspec.core.url_to_fs(publish_path)
        self._folder = f"{root.rstrip('/')}/{dataset}"

    def current(self) -> Manifest | None:
        """The release that readers follow; None before the first. Raises ValueError on a manifest that is not one."""
        return self._manifest(CURRENT)

    def release(self, version: str) -> Manifest | None:
        return self._manifest(f"{version}.json")

    def versions(self) -> list[str]:
        """Releases that can be rolled back to, oldest first."""
        if not self._fs.exists(self._folder):
            return []
        names = (Path(path).name for path in self._fs.ls(self._folder, detail=False, refresh=True))
        return sorted(name.removesuffix(".json") for name in names if name.endswith(".json") and name != CURRENT)

    def add(self, file: Path, manifest: Manifest) -> None:
        """Upload a release without showing it to anyone yet."""
        self._fs.makedirs(self._folder, exist_ok=True)
        for left in self._fs.glob(f"{self._folder}/*{UNFINISHED}"):
            self._fs.rm_file(left)
        self._put(file, manifest.file)
        self._write(f"{manifest.version}.json", manifest)

    def point_to(self, manifest: Manifest) -> None:
        """Let every reader move to a release that was added before; one atomic step."""
        self._write(CURRENT, manifest)

    def remove(self, version: str) -> None:
        """Forget a release; its manifest goes first, so that no rollback finds half of it."""
        for name in (f"{version}.json", f"{version}.duckdb"):
            if self._fs.exists(f"{self._folder}/{name}"):
                self._fs.rm_file(f"{self._folder}/{name}")

    def local_file(self, manifest: Manifest, cache_dir: Path) -> Path:
        """The release as a file of this machine; a remote one is downloaded once. OSError when it cannot be had."""
        if isinstance(self._fs, LocalFileSystem):
            return Path(self._folder) / manifest.file
        cached = cache_dir / f"{self.dataset}-{manifest.file}"
        if not cached.exists():
            cache_dir.mkdir(parents=True, exist_ok=True)
            part = cached.with_suffix(f".{os.getpid()}.part")
            self._fs.get_file(f"{self._folder}/{manifest.file}", str(part))
            part.replace(cached)
            for older in set(cache_dir.glob(f"{self.dataset}-*.duckdb")) - {cached}:
                older.unlink(missing_ok=True)
        return cached

    def _manifest(self, name: str) -> Manifest | None:
        self._fs.invalidate_cache()
        try:
            return Manifest.model_validate_json(self._fs.cat_file(f"{self._folder}/{name}"))
        except FileNotFoundError:
            return None

    def _put(self, file: Path, name: str) -> None:
        if not isinstance(self._fs, LocalFileSystem):
            self._fs.put_file(str(file), f"{self._folder}/{name}")
            return
        with _whole(Path(self._folder) / name) as part:
            shutil.copyfile(file, part)

    def _write(self, name: str, manifest: Manifest) -> None:
        text = manifest.model_dump_json(indent=2)
        if not isinstance(self._fs, LocalFileSystem):
            self._fs.pipe_file(f"{self._folder}/{name}", text.encode())
            return
        with _whole(Path(self._folder) / name) as part:
            part.write_text(text)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file to write, which then takes the name of `target`.

    A crash leaves the whole file or the one before, also after a power cut; what could not be written takes no room.
    """
    part = target.with_name(f"{target.name}{UNFINISHED}")
    try:
        yield part
        _fsync(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _fsync(target.parent)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
