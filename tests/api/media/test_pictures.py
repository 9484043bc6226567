"""Suppliers' pictures: fetched by us alone, proven to be pictures, kept."""

from io import BytesIO

import pytest
from PIL import Image

from api.media.encoding import WIDTHS, encoded
from api.media.errors import PictureUnavailable
from api.media.fetching import PictureFetcher
from api.media.store import PictureStore
from tests.fixtures.catalogue import PICTURE
from tests.fixtures.shops import visiting


async def test_a_picture_is_served_in_each_width_as_webp(shops, world, live_product):
    world.picture_src = live_product.picture_src
    world.publish(shops.settings)
    async with visiting(shops.settings) as visitor:
        for width in WIDTHS:
            answer = await visitor.get(f"/media/{PICTURE}/{width}.webp")
            picture = Image.open(BytesIO(answer.content))
            assert (picture.format, picture.width) == ("WEBP", width)
            assert "max-age" in answer.headers["cache-control"]
            assert answer.headers["content-type"] == "image/webp"


async def test_only_pictures_of_the_catalogue_in_our_widths_can_be_asked_for(visitor):
    await visitor.get("/media/med_unknown/800.webp", 404)
    await visitor.get(f"/media/{PICTURE}/801.webp", 404)
    await visitor.get("/media/http:%2F%2Fevil.example/800.webp", 404)


async def test_a_picture_that_fails_is_a_placeholder_that_nobody_keeps(visitor):
    answer = await visitor.get(f"/media/{PICTURE}/800.webp", 503)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "src",
    [
        "http://127.0.0.1:1/x.jpg",
        "http://localhost/x.jpg",
        "http://[::1]/x.jpg",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.8/x.jpg",
        "http://2130706433/x.jpg",
        "file:///etc/passwd",
        "gopher://pictures.example/x",
        "http://user@pictures.example/x.jpg",
        "",
    ],
)
async def test_addresses_into_our_own_network_are_not_fetched(src):
    fetcher = PictureFetcher(["http://127.0.0.1:8100"])
    with pytest.raises(PictureUnavailable):
        await fetcher.fetch(src)
    await fetcher.close()


async def test_what_a_supplier_sends_that_is_no_picture_is_refused(sandbox):
    fetcher = PictureFetcher([sandbox.base_url])
    with pytest.raises(PictureUnavailable, match="not a picture"):
        await fetcher.fetch(f"{sandbox.base_url}/")
    with pytest.raises(PictureUnavailable, match="404"):
        await fetcher.fetch(f"{sandbox.base_url}/no-such-page")
    await fetcher.close()


def test_bytes_that_are_no_picture_are_refused():
    for content in (b"", b"<svg/>", b"GIF89a" + b"\0" * 40, _png(400, 400)[:-30]):
        with pytest.raises(PictureUnavailable):
            encoded(content)


def test_a_bomb_is_refused_before_it_unfolds():
    with pytest.raises(PictureUnavailable):
        encoded(_png(12_000, 12_000))


def test_a_small_picture_is_not_enlarged():
    pictures = encoded(_png(500, 100))
    assert {width: Image.open(BytesIO(content)).width for width, content in pictures.items()} == {
        400: 400,
        800: 500,
        1200: 500,
    }


def test_the_folder_of_pictures_stays_within_its_bound(tmp_path):
    store = PictureStore(tmp_path, capacity_bytes=10_000)
    for number in range(20):
        store.write(f"picture-{number}", {400: b"x" * 1_000})
    store.sweep()
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.webp")) <= 10_000
    assert store.read("picture-19", 400) == b"x" * 1_000
    assert store.read("picture-0", 400) is None


def _png(width: int, height: int) -> bytes:
    output = BytesIO()
    Image.new("1", (width, height)).save(output, "PNG")
    return output.getvalue()
