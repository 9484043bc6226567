"""Parameters as stripe-python writes them."""

import pytest

from sandbox.stripe.errors import InvalidRequest
from sandbox.stripe.form import decode


def test_hashes_and_lists_nest() -> None:
    items = "line_items[0][price_data][currency]=eur&line_items[1][quantity]=2"
    assert decode(f"{items}&expand[]=a&expand[]=b.c&metadata[note]=x%5B1%5D") == {
        "line_items": [{"price_data": {"currency": "eur"}}, {"quantity": "2"}],
        "expand": ["a", "b.c"],
        "metadata": {"note": "x[1]"},
    }


def test_more_than_ten_items_keep_their_order() -> None:
    text = "&".join(f"items%5B{index}%5D={index}" for index in range(12))
    assert decode(text) == {"items": [str(index) for index in range(12)]}


@pytest.mark.parametrize("text", ["a[b", "a=1&a[b]=2", "=1", "noise"])
def test_what_cannot_be_read_is_refused(text) -> None:
    with pytest.raises(InvalidRequest):
        decode(text)


def test_nothing_is_no_parameters() -> None:
    assert decode("") == {}
