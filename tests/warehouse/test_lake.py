"""The lake opens the same way for everyone, and says so when it cannot."""

import duckdb
import pytest
from pydantic import SecretStr

from core.errors import DatabaseError
from warehouse import lake
from warehouse.raw_tables import create_missing


@pytest.fixture
def connection(platform_settings):
    opened = lake.connect(platform_settings)
    yield opened
    opened.close()


def test_its_files_lie_where_the_settings_say(platform_settings, connection):
    connection.execute("CREATE TABLE t AS SELECT range AS n FROM range(100)")
    assert list((platform_settings.home / "lake").rglob("*.parquet"))


def test_a_reader_cannot_write(platform_settings, connection):
    connection.execute("CREATE TABLE t (n INT)")
    reader = lake.connect(platform_settings, read_only=True)
    with pytest.raises(duckdb.Error, match="read-only"):
        reader.execute("INSERT INTO t VALUES (1)")
    reader.close()


def test_an_unreachable_catalogue_is_one_clear_error_without_its_password(platform_settings):
    elsewhere = SecretStr("postgresql://tiqzy:hunter2@127.0.0.1:1/shop")
    with pytest.raises(DatabaseError, match="is PostgreSQL up") as refused:
        lake.connect(platform_settings.model_copy(update={"database_url": elsewhere}))
    assert "hunter2" not in str(refused.value)


def test_what_no_pipeline_loaded_yet_is_there_and_empty(connection):
    create_missing(connection)
    assert connection.execute("SELECT count(*) FROM octo.slots").fetchone() == (0,)


def test_a_column_that_a_pipeline_never_filled_is_added_beside_its_rows(connection):
    connection.execute("CREATE SCHEMA octo; CREATE TABLE octo.suppliers AS SELECT 'canal' AS connection_id")
    create_missing(connection)
    create_missing(connection)
    assert connection.execute("SELECT connection_id, name FROM octo.suppliers").fetchall() == [("canal", None)]
