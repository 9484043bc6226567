"""How well each city is covered."""

import re

import pytest

from tests.dashboards.conftest import everything_on


def order_of(script) -> list[str]:
    return order_in(everything_on(script))


def order_in(page: str) -> list[str]:
    return re.findall(r"<th scope='row'>(\w+)<", page)


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


@pytest.mark.usefixtures("release", "sales")
def test_demand_stands_beside_what_there_is_to_sell(open_dashboards):
    script = open_dashboards("analyst@tiqzy.example", page="cities")
    demand = re.search(r"<table class='demand'>.*?</table>", everything_on(script)).group(0)
    assert order_in(demand) == ["Amsterdam", "Rome", "Rotterdam"]
    assert "47<small>30 empty</small></td><td>5<small>60 times</small>" in demand
    script.selectbox(key="demand_order").select("Most searches without a result").run()
    demand = re.search(r"<table class='demand'>.*?</table>", everything_on(script)).group(0)
    assert order_in(demand)[0] == "Rotterdam"


@pytest.mark.usefixtures("release", "sales")
def test_the_map_comes_from_nobody_else(open_dashboards):
    page = everything_on(open_dashboards("analyst@tiqzy.example", page="cities"))
    assert "class='demand-map'" in page
    assert not re.search(r"(src|href)='https?://(?!127\.0\.0\.1)", page)
