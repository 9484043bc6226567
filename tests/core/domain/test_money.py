"""Money never loses a cent and never mixes currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.money import Money

amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(lambda parts: sum(parts) > 0)


@given(amounts, weights)
def test_parts_of_a_split_add_up_and_stay_near_their_share(minor, parts):
    shares = Money(minor, "EUR").split(parts)
    assert sum(share.minor for share in shares) == minor
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share.minor * sum(parts) - minor * weight) < sum(parts)


@pytest.mark.parametrize("parts", [[], [0, 0], [-1, 2]])
def test_a_split_with_nothing_to_split_by_is_refused(parts):
    with pytest.raises(ValueError, match="split needs weights"):
        Money(100, "EUR").split(parts)


@given(amounts, amounts)
def test_adding_and_subtracting_come_back_to_the_start(left, right):
    start = Money(left, "JPY", 0)
    assert start + Money(right, "JPY", 0) - Money(right, "JPY", 0) == start


@pytest.mark.parametrize("other", [Money(1, "GBP"), Money(1, "EUR", 3)])
def test_currencies_and_precisions_do_not_mix(other):
    with pytest.raises(ValueError, match="do not mix"):
        Money(1, "EUR") + other
    with pytest.raises(ValueError, match="do not mix"):
        assert Money(1, "EUR") < other


@pytest.mark.parametrize(
    ("minor", "bps", "share"), [(999, 1_500, 150), (5, 1_000, 1), (4, 1_000, 0), (-5, 1_000, -1), (1, 0, 0)]
)
def test_a_share_rounds_half_a_minor_unit_away_from_zero(minor, bps, share):
    assert Money(minor, "EUR").share_bps(bps).minor == share


@pytest.mark.parametrize(
    ("money", "written"),
    [(Money(1250, "EUR"), "12.50"), (Money(1250, "JPY", 0), "1250"), (Money(1, "KWD", 3), "0.001")],
)
def test_major_units_follow_the_currencys_precision(money, written):
    assert money.major == Decimal(written)
