"""The lake stays small, and readable meanwhile."""

from datetime import timedelta

import pytest

from warehouse import lake
from warehouse.build import build, open_context
from warehouse.maintenance import maintain
from warehouse.manifest import Dataset

REPLACED = "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'catalog__dim_connection__%'"


def answers(settings, query):
    connection = lake.connect(settings, read_only=True)
    found = connection.execute(query).fetchone()
    connection.close()
    return found


@pytest.mark.slow
@pytest.mark.timeout(420)  # three whole builds
def test_replaced_tables_and_old_snapshots_go_and_the_catalogue_stays(seeded_lake):
    build(Dataset.CATALOG, seeded_lake)
    with open_context(Dataset.CATALOG, seeded_lake) as context:
        context.upsert_model("catalog.dim_connection", stamp="as another release had it")
        context.plan("prod", skip_tests=True, no_prompts=True, auto_apply=True)
    assert answers(seeded_lake, REPLACED) == (2,)
    snapshots = answers(seeded_lake, "SELECT count(*) FROM ducklake_snapshots('lake')")[0]
    report = maintain(seeded_lake, kept_history=timedelta(0), ignores_ttl=True)
    assert report.problems == ()
    assert report.snapshots == (pytest.approx(snapshots, abs=5), 1)
    assert answers(seeded_lake, REPLACED) == (1,)
    assert answers(seeded_lake, "SELECT count(*) FROM catalog.dim_product") == (4,)
    assert build(Dataset.CATALOG, seeded_lake).models["catalog.dim_connection"] == 2
