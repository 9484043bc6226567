"""Pictures: right in size, light to send, the same every time, different from place to place."""

from io import BytesIO

import pytest
from PIL import Image

from sandbox.artwork.covers import INSIDE, LIKENESSES, SCENES, draw_cover
from sandbox.artwork.logos import draw_logo
from sandbox.world.offers import load_kinds
from sandbox.world.places import Place, load_places

FIRST_OF_KIND = {place.kind: place for place in reversed(load_places())}


def test_every_kind_has_a_scene_and_every_likeness_a_place() -> None:
    assert set(SCENES) == set(load_kinds())
    assert set(INSIDE) <= set(SCENES)
    assert set(LIKENESSES) <= {place.key for place in load_places()}


@pytest.mark.parametrize("place", FIRST_OF_KIND.values(), ids=FIRST_OF_KIND)
def test_a_cover_can_be_drawn_of_each_kind(place: Place) -> None:
    drawn = draw_cover(place)
    assert Image.open(BytesIO(drawn)).size == (1200, 800)
    assert 30_000 < len(drawn) < 160_000


def test_a_cover_repeats_and_its_variants_differ() -> None:
    place = load_places()[0]
    assert draw_cover(place) == draw_cover(place)
    assert len({draw_cover(place, variant=variant) for variant in (1, 2, 3)}) == 3
    assert draw_cover(place) != draw_cover(load_places()[1])


def test_a_logo_is_a_picture() -> None:
    assert Image.open(BytesIO(draw_logo("Canal Tickets", "logo-canal"))).format == "JPEG"


async def test_media_of_a_product_are_served_and_unknown_names_are_not(sandbox) -> None:
    import httpx

    connection = sandbox.connection("canal")
    headers = {
        "Authorization": f"Bearer {connection.api_key.get_secret_value()}",
        "Octo-Capabilities": "octo/content",
    }
    async with httpx.AsyncClient(headers=headers) as http:
        product = (await http.get(f"{connection.url}/products")).json()[0]
        for media in product["media"]:
            picture = await http.get(media["src"])
            assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
        assert (await http.get(f"{sandbox.base_url}/media/nothing.jpg")).status_code == 404
