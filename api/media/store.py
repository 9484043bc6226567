"""Encoded pictures on disk, within bounds. <home>/media/<two letters>/<name>-<width>.webp"""

import os
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import Final

CAPACITY_BYTES: Final = 2 * 1024**3
SWEEP_TO: Final = 0.9
SWEEP_EVERY: Final = 200


class PictureStore:
    """Files named after what they were made of; the least recently used go when the folder grows over its bound."""

    def __init__(self, folder: Path, *, capacity_bytes: int = CAPACITY_BYTES) -> None:
        self._folder = folder
        self._capacity = capacity_bytes
        self._writes = 0

    def read(self, src: str, width: int) -> bytes | None:
        file = self._file(src, width)
        try:
            content = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return content

    def write(self, src: str, pictures: dict[int, bytes]) -> None:
        """All widths of one picture; a reader never sees half a file."""
        for width, content in pictures.items():
            file = self._file(src, width)
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
                part.write(content)
            Path(part.name).replace(file)
        self._writes += 1
        if self._writes % SWEEP_EVERY == 1:
            self.sweep()

    def sweep(self) -> None:
        """Delete the least recently used files until a tenth of the bound is free again."""
        files = [(file.stat(), file) for file in self._folder.glob("*/*.webp")]
        total = sum(stat.st_size for stat, _ in files)
        if total <= self._capacity:
            return
        for stat, file in sorted(files, key=lambda item: item[0].st_mtime):
            if total <= self._capacity * SWEEP_TO:
                return
            file.unlink(missing_ok=True)
            total -= stat.st_size

    def _file(self, src: str, width: int) -> Path:
        name = blake2b(src.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / f"{name}-{width}.webp"
