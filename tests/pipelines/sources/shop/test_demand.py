"""What visitors look for follows into the lake."""


def test_a_count_that_grew_is_there_once_and_grown(write, load, rows):
    counts = "SELECT kind, country_code, city_id, product_id, seen_count FROM shop.demand"
    with write() as pen:
        pen.searches("cty_paris", 2)
    load()
    assert rows(counts) == [("SEARCH", "FR", "cty_paris", "", 2)]
    with write() as pen:
        pen.searches("cty_paris", 3)
    report = load()
    assert (report.rows, report.touched_days) == ({"demand": 1}, frozenset())
    assert rows(counts) == [("SEARCH", "FR", "cty_paris", "", 5)]
