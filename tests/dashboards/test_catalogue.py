"""What a reseller reads about his shop's catalogue."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.dashboards.conftest import everything_on
from tests.dashboards.release import publish
from warehouse.manifest import SCHEMA_VERSIONS, Dataset


def figures(script) -> dict[str, str]:
    return {metric.label: metric.value for metric in script.metric}


def test_a_reseller_sees_what_his_shop_shows(open_dashboards, release):
    script = open_dashboards("owner@mira.example", page="catalogue")
    assert figures(script) == {"Countries": "2", "Cities": "3", "Places": "21", "Products": "40"}
    assert release in everything_on(script)


@pytest.mark.usefixtures("release")
def test_another_resellers_choice_changes_nothing_here(open_dashboards):
    script = open_dashboards("owner@lago.example", page="catalogue")
    assert figures(script) == {"Countries": "1", "Cities": "1", "Places": "8", "Products": "21"}
    page = everything_on(script)
    assert "Mira" not in page
    assert "Amsterdam" not in page


@pytest.mark.usefixtures("release")
def test_each_source_says_how_old_it_is(open_dashboards):
    page = everything_on(open_dashboards("owner@mira.example", page="catalogue"))
    assert "Canal Tickets" in page
    assert "Products 30 minutes ago" in page
    assert "Times of Canal Tickets were never read." in page


def test_a_supplier_that_was_not_read_for_days_is_named(open_dashboards, published):
    publish(published, read_at=datetime.now(UTC) - timedelta(days=3))
    script = open_dashboards("owner@mira.example", page="catalogue")
    assert "Products of Canal Tickets were last read 3 days ago." in [warning.value for warning in script.warning]


def test_a_suppliers_name_is_never_more_than_a_name(open_dashboards, published):
    publish(published, read_at=datetime.now(UTC), supplier="![](http://evil.example/pixel.png) <b>Canal</b>")
    page = everything_on(open_dashboards("owner@mira.example", page="catalogue"))
    assert "![](" not in page
    assert r"\!\[\]\(http\://evil.example/pixel.png\) \<b\>Canal" in page


def test_before_the_first_release_the_page_says_what_is_going_on(open_dashboards):
    page = everything_on(open_dashboards("owner@mira.example", page="catalogue"))
    assert "The catalogue is being prepared" in page


def test_a_release_that_cannot_be_read_leaves_the_last_one_and_says_so(open_dashboards, published, release):
    script = open_dashboards("owner@mira.example", page="catalogue")
    too_new = SCHEMA_VERSIONS[Dataset.CATALOG] + 1
    publish(published, read_at=datetime.now(UTC), schema_version=too_new)
    script = until(script, "A newer catalogue is not shown")
    assert release in everything_on(script)


@pytest.mark.usefixtures("release")
def test_a_new_release_is_shown_without_a_restart(open_dashboards, published):
    script = open_dashboards("owner@mira.example", page="catalogue")
    newer = publish(published, read_at=datetime.now(UTC))
    until(script, newer)


def until(script, words: str):
    """Rerun until the page says it: readers look for news once a second."""
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while words not in everything_on(script):
        assert datetime.now(UTC) < deadline, f"the page never said: {words}"
        script.run()
    return script
