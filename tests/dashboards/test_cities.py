"""How well each city is covered."""

import re

import pytest

from tests.dashboards.conftest import everything_on


def order_of(script) -> list[str]:
    return re.findall(r"<th scope='row'>(\w+)<", everything_on(script))


def test_every_city_stands_with_its_people_places_and_products(open_dashboards, release):
    page = everything_on(open_dashboards("analyst@tiqzy.example", page="cities"))
    assert re.search(r"Amsterdam<small>Netherlands</small></th><td>741,636</td><td>9</td><td>14<", page)
    assert release in page


@pytest.mark.usefixtures("release")
def test_the_order_can_be_chosen(open_dashboards):
    script = open_dashboards("analyst@tiqzy.example", page="cities")
    assert order_of(script) == ["Rome", "Amsterdam", "Rotterdam"]
    script.selectbox[0].select("Name").run()
    assert order_of(script) == ["Amsterdam", "Rome", "Rotterdam"]
    script.selectbox[0].select("Least covered").run()
    assert order_of(script)[0] == "Rome"


def test_before_the_first_release_the_page_says_so(open_dashboards):
    assert "being prepared" in everything_on(open_dashboards("staff@tiqzy.example", page="cities"))
