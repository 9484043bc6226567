"""The process as the supervisor starts it."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from sandbox.__main__ import main

HEADERS = {"Authorization": "Bearer sesame", "Octo-Capabilities": "octo/pricing"}
TRIES = httpx.HTTPTransport(retries=12)


@contextmanager
def _running(state: Path) -> Iterator[httpx.Client]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--key", "canal=sesame"]
    process = subprocess.Popen([*command, "--places", "3", "--state", str(state)], stdout=subprocess.PIPE)  # noqa: S603
    try:
        assert process.stdout is not None
        assert b"sandbox starts" in process.stdout.readline()
        url = f"http://127.0.0.1:{port}/octo/canal"
        with httpx.Client(base_url=url, headers=HEADERS, transport=TRIES, timeout=20) as http:
            yield http
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@pytest.mark.slow
def test_bookings_survive_a_restart(tmp_path) -> None:
    state = tmp_path / "bookings.sqlite"
    with _running(state) as http:
        product = next(item for item in http.get("/products").json() if not item["allowFreesale"])
        asked = {"productId": product["id"], "optionId": product["options"][0]["id"]}
        days = {"localDateStart": "2027-05-01", "localDateEnd": "2027-05-20"}
        slot = next(item for item in http.post("/availability", json={**asked, **days}).json() if item["available"])
        items = [{"unitId": product["options"][0]["units"][0]["id"]}]
        wish = {"uuid": str(uuid4()), **asked, "availabilityId": slot["id"], "unitItems": items}
        booking = http.post("/bookings", json=wish).json()
        left = http.post("/availability", json={**asked, "availabilityIds": [slot["id"]]}).json()
    with _running(state) as http:
        kept = http.get(f"/bookings/{wish['uuid']}").json()
        assert (kept["id"], kept["pricing"]) == (booking["id"], booking["pricing"])
        assert http.post("/availability", json={**asked, "availabilityIds": [slot["id"]]}).json() == left


def test_a_key_for_nobody_is_refused_in_one_sentence(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "argv", ["sandbox", "--key", "nobody=sesame"])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().err
    assert re.search("SUPPLIER is one of canal, meridian", said)
    assert "sesame" not in said


def test_stripe_does_not_open_without_a_webhook_secret(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "argv", ["sandbox", "--key", "canal=sesame", "--stripe-key", "sk_test_sesame"])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().err
    assert "come together" in said
    assert "sesame" not in said
