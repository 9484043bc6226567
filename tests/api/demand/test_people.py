"""Who is taken for a person."""

import pytest

from api.demand.people import is_person

PHONE = (
    b"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 "
    b"Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    "browser",
    [
        PHONE,
        b"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        b"Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
    ],
)
def test_browsers_are_people(browser):
    assert is_person([(b"accept", b"text/html"), (b"user-agent", browser)])


@pytest.mark.parametrize(
    "program",
    [
        b"",
        b"curl/8.5.0",
        b"python-httpx/0.28.1",
        b"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        b"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/140.0.0.0 Safari/537.36",
        b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0.0.0 Safari/537.36",
        b"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        b"Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    ],
)
def test_programs_that_say_so_are_not(program):
    assert not is_person([(b"user-agent", program)])


def test_who_says_nothing_is_not():
    assert not is_person([(b"accept", b"text/html")])


def test_a_browser_that_fetches_ahead_shows_nobody_anything():
    assert not is_person([(b"user-agent", PHONE), (b"sec-purpose", b"prefetch;prerender")])
