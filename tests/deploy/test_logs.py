"""A process that talks without end cannot fill the disk."""

from deploy.local import logs
from deploy.local.logs import BoundedLog


def test_a_log_keeps_its_newest_lines_in_a_bounded_number_of_files(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "MAX_BYTES", 1_000)
    with BoundedLog(tmp_path / "shop.log") as log:
        for number in range(1_000):
            log.write(f"line {number}\n".encode())
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["shop.log", "shop.log.1", "shop.log.2"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3_000
    assert (tmp_path / "shop.log").read_text().endswith("line 999\n")


def test_a_log_goes_on_where_the_last_run_ended(tmp_path):
    for word in (b"first\n", b"second\n"):
        with BoundedLog(tmp_path / "shop.log") as log:
            log.write(word)
    assert (tmp_path / "shop.log").read_text() == "first\nsecond\n"


def test_the_tail_is_the_last_lines(tmp_path):
    with BoundedLog(tmp_path / "shop.log") as log:
        log.write(b"".join(b"line %d\n" % number for number in range(20)))
        assert log.tail(2) == "line 18\nline 19"
