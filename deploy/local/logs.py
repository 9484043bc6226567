"""A log file per process that cannot fill the disk."""

from contextlib import suppress
from pathlib import Path
from typing import Self

MAX_BYTES = 5_000_000
KEPT_FILES = 2


class BoundedLog:
    """Appends to `path`; past MAX_BYTES the file becomes `path.1`, and that `path.2`, which is then the oldest kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)

    def write(self, text: bytes) -> None:
        # On a full disk the lines are lost; the process that wrote them must go on.
        with suppress(OSError):
            if self._file.tell() + len(text) > MAX_BYTES:
                self._rotate()
            self._file.write(text)

    def tail(self, lines: int = 5) -> str:
        """The last `lines` lines, for a message about a process that failed."""
        text = self.path.read_bytes()[-10_000:].decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _rotate(self) -> None:
        self._file.close()
        for number in range(KEPT_FILES, 0, -1):
            older = self.path.with_name(f"{self.path.name}.{number}")
            newer = self.path if number == 1 else self.path.with_name(f"{self.path.name}.{number - 1}")
            if newer.exists():
                newer.replace(older)
        self._file = self.path.open("ab", buffering=0)
