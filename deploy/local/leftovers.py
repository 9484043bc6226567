"""Ends what an earlier run left behind when it was killed; its PostgreSQL is taken over, not ended."""

import json
import os
import signal
from pathlib import Path

import psutil

PATIENCE_SECONDS = 5


class ProcessRecord:
    """Which process groups this run has started, kept in a file so that the next run can find them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started: dict[int, float] = {}

    def add(self, pid: int) -> None:
        try:
            self._started[pid] = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            return  # it was that quick
        self._write()

    def remove(self, pid: int) -> None:
        self._started.pop(pid, None)
        self._write()

    def clear(self) -> None:
        """Say that nothing is left to end."""
        self._started.clear()
        self._path.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """End every process of the groups that an earlier run recorded; the number ended."""
        survivors = [process for pid, began in self._read().items() for process in _members(pid, began)]
        for process in survivors:
            _send(process, signal.SIGTERM)
        _, stubborn = psutil.wait_procs(survivors, timeout=PATIENCE_SECONDS)
        for process in stubborn:
            _send(process, signal.SIGKILL)
        psutil.wait_procs(stubborn, timeout=PATIENCE_SECONDS)
        self.clear()
        return len(survivors)

    def _read(self) -> dict[int, float]:
        try:
            return {int(pid): began for pid, began in json.loads(self._path.read_text()).items()}
        except (FileNotFoundError, ValueError):
            return {}

    def _write(self) -> None:
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(self._started))
        draft.replace(self._path)


def _members(group: int, began: float) -> list[psutil.Process]:
    # The leader may be gone while its children live; the system gives its number to nobody while they do.
    # A younger group with the same number after a restart of the machine is somebody else's.
    found = []
    for process in psutil.process_iter():
        try:
            is_member = os.getpgid(process.pid) == group and process.create_time() >= began - 1
            if is_member and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.Error):
            continue
    leader = next((process for process in found if process.pid == group), None)
    is_ours = leader is None or abs(leader.create_time() - began) < 1
    return found if is_ours else []


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
