"""Addresses of the four databases."""

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from core.db.addresses import Database, Driver, conninfo, database_url, sibling_url, sqlalchemy_url
from core.errors import SettingsError
from core.settings import Settings

SOCKET = "postgresql://tiqzy:s3cret@/shop?host=/srv/tiqzy/run"
MANAGED = "postgres://tiqzy:p%40ss@db.example:6432/demo_shop?sslmode=require"


@pytest.mark.parametrize(
    ("url", "lake"),
    [
        (SOCKET, "postgresql://tiqzy:s3cret@/lake?host=/srv/tiqzy/run"),
        (MANAGED, "postgres://tiqzy:p%40ss@db.example:6432/demo_lake?sslmode=require"),
        ("postgresql:///shop", "postgresql:///lake"),
    ],
)
def test_a_database_is_named_after_the_shops(url, lake):
    assert sibling_url(url, Database.LAKE) == lake


def test_a_name_that_does_not_end_in_shop_is_refused():
    with pytest.raises(SettingsError, match="must name a database that is called shop, or ends in shop"):
        sibling_url("postgresql://tiqzy@/defaultdb", Database.LAKE)


def test_a_missing_address_says_what_to_do():
    settings = Settings(_env_file=None, database_url=None)
    with pytest.raises(SettingsError, match="TIQZY_DATABASE_URL is not set: start the platform with `make run`"):
        database_url(Database.SHOP, settings)


@pytest.mark.parametrize("driver", Driver)
def test_sqlalchemy_reads_host_and_password(driver):
    url = make_url(sqlalchemy_url(MANAGED, driver))
    assert (url.drivername, url.host, url.port, url.password) == (driver, "db.example", 6432, "p@ss")
    assert make_url(sqlalchemy_url(SOCKET, driver)).query == {"host": "/srv/tiqzy/run"}


def test_words_are_what_the_url_says():
    assert conninfo_to_dict(conninfo(MANAGED)) == conninfo_to_dict(MANAGED)
    assert "=" in conninfo(SOCKET)
    assert "://" not in conninfo(SOCKET)
