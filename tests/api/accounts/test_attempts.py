"""How often somebody may try."""

from datetime import timedelta

import pytest

from api.accounts.attempts import KEYS_REMEMBERED, AttemptLimit
from api.accounts.errors import TooManyAttempts
from api.accounts.service import network_of


def test_the_window_slides_and_refused_attempts_do_not_prolong_it(clock):
    limit = AttemptLimit(2, timedelta(minutes=10), clock=clock)
    limit.take("ann")
    clock.advance(timedelta(minutes=6))
    limit.take("ann")
    with pytest.raises(TooManyAttempts) as refused:
        limit.take("ann")
    assert refused.value.wait_seconds == 240
    clock.advance(timedelta(minutes=4))
    limit.take("ann")
    with pytest.raises(TooManyAttempts):
        limit.take("ann")


def test_others_are_not_limited_and_success_starts_afresh(clock):
    limit = AttemptLimit(1, timedelta(minutes=10), clock=clock)
    limit.take("ann")
    limit.take("bob")
    limit.forget("ann")
    limit.take("ann")


def test_invented_keys_push_out_the_oldest_and_no_other(clock):
    limit = AttemptLimit(1, timedelta(minutes=10), clock=clock)
    for number in range(KEYS_REMEMBERED + 1):
        limit.take(f"someone-{number}")
    limit.take("someone-0")
    with pytest.raises(TooManyAttempts):
        limit.take("someone-9")


def test_a_whole_ipv6_network_counts_as_one_visitor():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
