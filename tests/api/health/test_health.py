"""What a load balancer and an operator are told."""

from core.settings import Settings
from tests.fixtures.shops import visiting


async def test_a_ready_shop_tells_its_catalogue_and_the_age_of_each_source(visitor):
    answer = (await visitor.get("/readyz")).json()
    assert answer["is_ready"]
    assert answer["catalogue_version"]
    assert answer["age_seconds"] >= 40 * 60
    assert answer["sources"]["canal"]["catalogue_read_at"]
    assert answer["problem"] is None


async def test_without_a_catalogue_the_process_is_alive_and_not_ready(shops, tmp_path):
    empty = Settings(_env_file=None, **shops.settings.model_dump() | {"publish_url": str(tmp_path / "published")})
    async with visiting(empty) as visitor:
        await visitor.get("/healthz")
        answer = (await visitor.get("/readyz", 503)).json()
    assert not answer["is_ready"]
    assert "published" in answer["problem"]


async def test_a_database_out_of_reach_is_said(shops):
    address = shops.settings.shop_database_url.get_secret_value().replace("shop?", "nowhere_shop?")
    away = Settings(_env_file=None, **shops.settings.model_dump() | {"shop_database_url": address})
    async with visiting(away) as visitor:
        answer = (await visitor.get("/readyz", 503)).json()
        assert not answer["is_database_reachable"]
        await visitor.get("/s/canal-house/", 503)
