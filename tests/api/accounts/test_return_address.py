"""Links to the sign-in page can send people on to our own pages alone."""

import pytest
from starlette.datastructures import URL

from api.accounts.return_address import safe_return_address
from core.settings import Settings

HERE = URL("http://192.168.1.20:8000/sign-in")
SETTINGS = Settings(_env_file=None, dashboards_port=8501)


@pytest.mark.parametrize(
    "asked",
    ["/", "/s/mira/", "http://192.168.1.20:8501", "http://192.168.1.20:8501/cities?x=1", "http://192.168.1.20:8000/"],
)
def test_our_own_addresses_are_kept(asked):
    assert safe_return_address(asked, HERE, SETTINGS) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "http://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "http://192.168.1.20:8501@evil.example",
        "http://192.168.1.20:8501.evil.example",
        "https://192.168.1.20:8501",
        "http://192.168.1.20:22",
        "http://localhost:8501",
        "javascript:alert(1)",
        "http://[::1",
    ],
)
def test_strangers_addresses_are_dropped(asked):
    assert safe_return_address(asked, HERE, SETTINGS) is None


def test_behind_a_proxy_the_dashboards_are_where_the_settings_say():
    behind = Settings(_env_file=None, dashboards_url="https://figures.tiqzy.example")
    here = URL("https://tiqzy.example/sign-in")
    assert safe_return_address("https://figures.tiqzy.example/cities", here, behind)
    assert safe_return_address("https://tiqzy.example:8501/", here, behind) is None
