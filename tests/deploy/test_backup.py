"""A platform that was saved stands up in another home, with all it had."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from core.db.addresses import Database
from core.db.embedded import EmbeddedServer, ServerAddress
from core.db.embedded.address import SUPERUSER
from core.db.migrate import migrate
from core.db.provision import provision_embedded
from core.errors import DatabaseError
from core.settings import Settings
from deploy.backup import restore, save
from tests.fixtures.postgres import deleted_after, folder_for_a_server
from tests.fixtures.raw_rows import CITIES, geography, load_rows
from warehouse import lake

SALE = """
INSERT INTO reseller (reseller_id, name) VALUES ('rsl_a', 'A');
INSERT INTO shop (shop_id, reseller_id, slug, name, colour_primary, colour_accent)
  VALUES ('shp_a', 'rsl_a', 'a', 'A', '#102030', '#405060');
INSERT INTO demand_count VALUES ('shp_a', 'rsl_a', '2026-11-24 12:00Z', 'SEARCH', 'FR', 'cty_2988507', '', 7);
-- What an old server has counted to, a new one has not.
SET session_replication_role = replica;
UPDATE shop SET changed_xid = '9000000000';
"""
STATE = """
SELECT s.slug, d.seen_count, s.changed_xid < pg_current_xact_id() FROM shop AS s JOIN demand_count AS d USING (shop_id)
"""


@pytest.fixture(scope="module")
def homes() -> Iterator[tuple[Path, Path]]:
    """One with a platform in it, and a place for another."""
    with folder_for_a_server() as one, folder_for_a_server() as other, ExitStack() as servers:
        for home in (one, other / "home"):
            servers.enter_context(deleted_after(EmbeddedServer(home, is_durable=False)))
        address = EmbeddedServer(one, is_durable=False).start()
        provision_embedded(address)
        migrate(address.database_url)
        with psycopg.connect(address.url(Database.SHOP, SUPERUSER)) as connection:
            connection.execute(SALE)
        load_rows(_settings(one, address), geography())
        yield one, other / "home"


@pytest.mark.slow
def test_a_saved_platform_stands_up_elsewhere(homes, tmp_path):
    one, other = homes
    copy = tmp_path / "copy"
    save(_running(one), copy)
    assert copy.stat().st_mode & 0o077 == 0
    restore(Settings(_env_file=None, home=other), copy)
    with closing(lake.connect(_running(other), read_only=True)) as connection:
        assert connection.execute("SELECT count(*) FROM geonames.cities").fetchall() == [(len(CITIES),)]
    address = EmbeddedServer(other).address()
    assert address is not None
    with psycopg.connect(address.url(Database.SHOP, SUPERUSER)) as connection:
        assert connection.execute(STATE).fetchall() == [("a", 7, True)]
    with pytest.raises(DatabaseError, match="has a database already"):
        restore(Settings(_env_file=None, home=other), copy)


def test_a_platform_that_does_not_run_is_not_saved(tmp_path):
    with pytest.raises(DatabaseError, match="no server runs"):
        save(Settings(_env_file=None, home=tmp_path), tmp_path / "copy")


def _running(home: Path) -> Settings:
    address = EmbeddedServer(home).address()
    assert address is not None
    return _settings(home, address)


def _settings(home: Path, address: ServerAddress) -> Settings:
    return Settings(
        _env_file=None, home=home, database_url=address.database_url, shop_database_url=address.shop_database_url
    )
