"""The raw tables that the models expect are the ones that the pipelines load."""

from pipelines.raw_tables import RawTable
from pipelines.sources.geonames import source as geonames
from pipelines.sources.octo import tables as octo
from pipelines.sources.shop import tables as shop
from pipelines.sources.stripe import tables as stripe
from tests.fixtures.raw_rows import ARROW_TYPES
from warehouse.raw_tables import expected_tables


def declared(dataset: str, module: object) -> dict[str, RawTable]:
    tables = [table for table in vars(module).values() if isinstance(table, RawTable)]
    return {f"{dataset}.{table.name}": table for table in tables}


def test_the_models_expect_tables_and_columns_that_the_pipelines_declare():
    modules = {"octo": octo, "geonames": geonames, "shop": shop, "stripe": stripe}
    loaded = {name: table for source, module in modules.items() for name, table in declared(source, module).items()}
    expected = {t.name: t.columns for t in expected_tables() if t.name.partition(".")[0] in modules}
    # No model reads all that Stripe says.
    assert {name for name in loaded if not name.startswith("stripe.")} <= expected.keys() <= loaded.keys()
    for name, columns in expected.items():
        kinds = {column: loaded[name].columns.get(column) for column in columns}
        assert kinds == {column: ARROW_TYPES[kind] for column, kind in columns.items()}, name
