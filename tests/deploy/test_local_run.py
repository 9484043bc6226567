"""`make run`, as somebody at a terminal lives through it."""

import signal
import socket

import psutil
import pytest

from core.db.embedded import EmbeddedServer
from tests.deploy.local_run import LocalRun, free_ports, gone

FIRST_PAGE_SECONDS = 300
NEXT_PAGE_SECONDS = 60


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_shows_a_shop_outlives_kills_and_stops_clean(tmp_path):
    home = tmp_path / "home"
    with LocalRun(home) as first:
        assert "<html" in first.first_page(within=FIRST_PAGE_SECONDS).text
        assert not [word for child in first.children() for word in child.cmdline() if "canal=" in word]
        _kill_the_shop(first)
        left_alone = first.children()
        first.process.kill()
        first.process.wait()
        assert gone(left_alone)

    with LocalRun(home) as second:
        assert "<html" in second.first_page(within=NEXT_PAGE_SECONDS).text
        children = second.children()
        assert second.interrupt() == 0
        assert gone(children)
    assert "Everything has stopped" in second.terminal
    assert EmbeddedServer(home).address() is None


@pytest.mark.slow
def test_a_port_in_use_is_said_and_nothing_starts(tmp_path):
    ports = free_ports()
    with socket.create_server(("127.0.0.1", ports["TIQZY_SHOP_PORT"])), LocalRun(tmp_path, ports) as run:
        assert run.process.wait(30) == 1
    assert f"Port {ports['TIQZY_SHOP_PORT']} is in use by" in run.terminal
    assert EmbeddedServer(tmp_path).address() is None


def _kill_the_shop(run: LocalRun) -> None:
    shop = run.child("api.app:create_app")
    shop.send_signal(signal.SIGKILL)
    run.until_said(r"(shop ended \(signal SIGKILL\))", within=10)
    run.answer(f"{run.shop}/healthz", within=30)
    assert isinstance(run.child("api.app:create_app"), psutil.Process)
