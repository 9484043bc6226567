"""The shop's OpenAPI document is kept: whatever is sent, nothing breaks and nothing undocumented is answered.

Several hundred requests that keep to the document and that break it; tests/contracts/schemathesis.toml has the rules.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

RULES = Path(__file__).with_name("schemathesis.toml")
PROGRAM = "from schemathesis.cli import schemathesis; schemathesis()"
LEAST_CASES = 500


def test_the_shop_answers_as_its_document_says(shop_address, made_order):
    run = _schemathesis(f"{shop_address}/v1/openapi.json", made_order)
    assert run.returncode == 0, run.stdout + run.stderr
    generated = re.search(r"(\d+) generated", run.stdout)
    assert generated, run.stdout
    assert int(generated[1]) >= LEAST_CASES


def _schemathesis(document: str, order: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """In a process of its own: it changes Hypothesis's settings and pytest's for all that runs beside it."""
    command = [sys.executable, "-c", PROGRAM, "--config-file", str(RULES), "run", document]
    known = {"ORDER_SECRET": order["secret"], "ORDER_ID": order["order_id"]}
    environment = os.environ | known  # noqa: TID251 - a child process gets what this one has
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
