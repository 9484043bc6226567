"""Signing in, staying signed in and signing out, in the browser's place."""

from datetime import timedelta

import psycopg
import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr

from api.accounts.service import ATTEMPT_WINDOW, SESSION_LIFETIME
from api.app import Application
from api.wiring import build_platform
from core.db.addresses import Database, database_url
from core.settings import Environment
from tests.api.accounts.conftest import ORIGIN, client_of
from tests.fixtures.accounts import PASSWORD


@pytest.fixture
def few_attempts(monkeypatch):
    """Limits that a test reaches without a hundred password checks; asked for before the application is built."""
    monkeypatch.setattr("api.accounts.service.ATTEMPTS_PER_EMAIL", 2)
    monkeypatch.setattr("api.accounts.service.ATTEMPTS_PER_ADDRESS", 3)


async def statuses(browser, attempts: list[dict[str, str]]) -> list[int]:
    return [(await browser.sign_in(**attempt)).status_code for attempt in attempts]


async def test_an_owner_signs_in_and_is_known(browser):
    answer = await browser.sign_in()
    assert answer.status_code == 303
    assert answer.headers["location"] == "http://127.0.0.1:8501"
    assert (await browser.me()).json()["email"] == "owner@mira.example"


async def test_people_go_back_to_where_they_came_from_and_to_no_stranger(browser):
    back = await browser.sign_in(return_to="http://127.0.0.1:8501/cities")
    assert back.headers["location"] == "http://127.0.0.1:8501/cities"
    astray = await browser.sign_in(return_to="http://evil.example/cities")
    assert astray.headers["location"] == "http://127.0.0.1:8501"


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser):
    answer = await browser.sign_in()
    cookie = next(value for value in answer.headers.get_list("set-cookie") if "tiqzy_session" in value)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_in_production_no_cookie_travels_in_the_clear(resellers, clock):
    live = {
        "environment": Environment.PRODUCTION,
        "shop_url": "https://tiqzy.example",
        "stripe_key": SecretStr("sk_live_x"),
        "stripe_webhook_secret": SecretStr("whsec_x"),
        "smtp_url": SecretStr("smtps://mail.example"),
        "mail_from": "tickets@tiqzy.example",
    }
    application = Application(build_platform(resellers.model_copy(update=live), clock))
    async with application.platform.running(), client_of(application, "https://tiqzy.example") as client:
        await client.get("/sign-in")
        form = {"email": "owner@mira.example", "password": PASSWORD, "form_token": client.cookies["tiqzy_form"]}
        cookies = (await client.post("/sign-in", data=form)).headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


async def test_the_email_may_be_typed_in_any_case(browser):
    assert (await browser.sign_in(email=" Owner@Mira.Example ")).status_code == 303


@pytest.mark.parametrize(
    ("email", "password"), [("owner@mira.example", "wrong"), ("nobody@mira.example", "wrong"), ("", "")]
)
async def test_a_wrong_password_and_an_unknown_email_look_the_same(browser, email, password):
    answer = await browser.sign_in(email=email, password=password)
    assert answer.status_code == 401
    assert "E-mail or password is not right" in answer.text
    assert (await browser.me()).status_code == 401


async def test_an_unknown_email_costs_a_password_check_too(browser, monkeypatch):
    checked = []
    verify = PasswordHasher.verify

    def counted(hasher, password_hash, password):
        checked.append(password)
        return verify(hasher, password_hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    await browser.sign_in(email="nobody@mira.example", password="wrong")
    assert checked == ["wrong"]


async def test_the_password_is_never_sent_back(browser):
    page = (await browser.sign_in(password="almost-right-secret")).text
    assert "almost-right-secret" not in page
    assert 'value="owner@mira.example"' in page


async def test_what_is_typed_cannot_become_markup(browser):
    page = (await browser.sign_in(email='"><script>alert(1)</script>')).text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page


@pytest.mark.usefixtures("few_attempts")
async def test_attempts_on_one_email_end_and_begin_again(browser, clock):
    assert await statuses(browser, [{"password": "wrong"}] * 2) == [401, 401]
    refused = await browser.sign_in()
    assert refused.status_code == 429
    assert "Try again in 15 minutes" in refused.text
    assert int(refused.headers["retry-after"]) == ATTEMPT_WINDOW.total_seconds()
    clock.advance(ATTEMPT_WINDOW)
    assert (await browser.sign_in()).status_code == 303


@pytest.mark.usefixtures("few_attempts")
async def test_an_unknown_email_is_limited_like_a_known_one(browser):
    assert await statuses(browser, [{"email": "nobody@mira.example"}] * 3) == [401, 401, 429]


@pytest.mark.usefixtures("few_attempts")
async def test_one_address_cannot_try_many_emails(browser):
    guesses = [{"email": f"guess{number}@mira.example"} for number in range(4)]
    assert await statuses(browser, guesses) == [401, 401, 401, 429]


@pytest.mark.usefixtures("few_attempts")
async def test_signing_in_gives_the_attempts_on_an_email_back(browser):
    tried = [{"password": password} for password in ("wrong", PASSWORD, "wrong")]
    assert await statuses(browser, tried) == [401, 303, 401]


async def test_a_form_of_another_site_is_refused(browser):
    assert (await browser.sign_in(form_token="guessed")).status_code == 403
    assert (await browser.me()).status_code == 401


async def test_a_form_without_our_cookie_is_refused(browser):
    form = {"email": "owner@mira.example", "password": PASSWORD, "form_token": ""}
    assert (await browser.client.post("/sign-in", data=form)).status_code == 403


async def test_a_form_sent_from_another_origin_is_refused(browser):
    browser.client.headers["origin"] = "http://evil.example"
    assert (await browser.sign_in()).status_code == 403
    browser.client.headers["origin"] = ORIGIN
    assert (await browser.sign_in()).status_code == 303


async def test_signing_in_ends_the_session_that_the_browser_brought(browser):
    await browser.sign_in()
    planted = browser.session
    await browser.sign_in()
    assert browser.session != planted
    assert not await browser.is_known(planted)
    assert await browser.is_known(browser.session)


async def test_a_session_ends_by_itself(browser, clock):
    await browser.sign_in()
    session = browser.session
    clock.advance(SESSION_LIFETIME - timedelta(seconds=1))
    assert await browser.is_known(session)
    clock.advance(timedelta(seconds=1))
    assert not await browser.is_known(session)


async def test_signing_out_ends_the_session_itself(browser):
    await browser.sign_in()
    session = browser.session
    assert (await browser.sign_out()).status_code == 303
    assert not await browser.is_known(session)


async def test_another_site_cannot_sign_somebody_out(browser):
    await browser.sign_in()
    assert (await browser.client.post("/sign-out", data={"form_token": "guessed"})).status_code == 403
    assert await browser.is_known(browser.session)


async def test_sessions_that_ended_are_gone_after_the_next_sign_in(browser, resellers):
    with psycopg.connect(database_url(Database.SHOP, resellers), autocommit=True) as connection:
        connection.execute("SELECT set_config('tiqzy.reseller_id', 'rsl_mira', false)")
        connection.execute(
            "INSERT INTO account_session VALUES ('ended', 'acc_mira', 'rsl_mira', now() - interval '1 day', now())"
        )
        await browser.sign_in()
        found = connection.execute("SELECT 1 FROM account_session WHERE session_hash = 'ended'").fetchall()
    assert not found


async def test_the_database_knows_only_a_hash_of_the_cookie(browser, resellers):
    await browser.sign_in()
    with psycopg.connect(database_url(Database.SHOP, resellers)) as connection:
        connection.execute("SELECT set_config('tiqzy.reseller_id', 'rsl_mira', false)")
        rows = connection.execute("SELECT account_session::text FROM account_session").fetchall()
    assert rows
    assert not [row for (row,) in rows if browser.session in row]
