"""What three hundred purchases break while partners fail and processes die. tests/guarantee -> figures"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from core.settings import ROOT

PURCHASES = 300
PATIENCE_SECONDS = 3600


def measure_guarantee() -> dict[str, float]:
    """The suite's trial, ten times as large; what it broke is printed by it."""
    with tempfile.TemporaryDirectory(prefix="tiqzy-bench-") as folder:
        report = Path(folder) / "report.json"
        subprocess.run(  # noqa: S603 - our own test
            [
                sys.executable,
                "-m",
                "pytest",
                "tests/guarantee/test_guarantee.py",
                "-s",
                f"--purchases={PURCHASES}",
                f"--report={report}",
            ],
            cwd=ROOT,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        if not report.exists():
            raise SystemExit("the trial of the guarantee did not come to its end")
        figures: dict[str, float] = json.loads(report.read_text())
        return figures
