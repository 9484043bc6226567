"""What stands in the way of a run is said in one sentence before anything starts."""

import os
import socket
from types import SimpleNamespace

import pytest

from deploy.local.errors import CannotRun
from deploy.local.preflight import check_home, check_ports, only_run


def test_a_taken_port_names_its_process_and_setting():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotRun) as refusal:
            check_ports({port: "TIQZY_SHOP_PORT"})
    assert f"Port {port} is in use by" in str(refusal.value)
    assert f"(process {os.getpid()})" in str(refusal.value)
    assert "TIQZY_SHOP_PORT" in str(refusal.value)


def test_a_free_port_passes():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    check_ports({port: "TIQZY_SHOP_PORT"})


def test_a_full_disk_is_said_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.local.preflight.shutil.disk_usage", lambda _: SimpleNamespace(free=300_000_000))
    with pytest.raises(CannotRun, match=r"Only 0\.3 GB is free"):
        check_home(tmp_path)


def test_a_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(CannotRun, match="cannot be written"):
        check_home(tmp_path / "home")


def test_a_second_run_on_one_home_names_the_first(tmp_path):
    with (
        only_run(tmp_path),
        pytest.raises(CannotRun, match=f"already runs .*process {os.getpid()}"),
        only_run(tmp_path),
    ):
        pytest.fail("two runs on one home")


def test_a_home_is_free_again_after_a_run(tmp_path):
    with only_run(tmp_path):
        pass
    with only_run(tmp_path):
        pass
