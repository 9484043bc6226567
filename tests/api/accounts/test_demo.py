"""Sign-ins to try the platform with."""

import stat

import pytest

from api.accounts.demo import SIGN_INS_FILE, DemoReseller, ensure_demo_accounts, read_demo_sign_ins
from core.db.addresses import shop_role_url
from core.db.sessions import ShopDatabase
from core.errors import SettingsError
from core.settings import Environment

MIRA = DemoReseller(reseller_id="rsl_mira", name="Hotel Mira", slug="mira")


@pytest.fixture
async def database(resellers):
    opened = ShopDatabase(shop_role_url(resellers))
    yield opened
    await opened.close()


async def test_the_printed_passwords_open_the_door(resellers, database, browser):
    sign_ins = await ensure_demo_accounts(resellers, database, [MIRA])
    assert [one.role.value for one in sign_ins] == ["OWNER", "ANALYST", "STAFF"]
    for one in read_demo_sign_ins(resellers.home):
        assert (await browser.sign_in(email=one.email, password=one.password)).status_code == 303
        assert (await browser.me()).json()["reseller_name"] == one.reseller


async def test_a_second_run_changes_no_password_and_a_lost_file_brings_new_ones(resellers, database):
    first = await ensure_demo_accounts(resellers, database, [MIRA])
    assert await ensure_demo_accounts(resellers, database, [MIRA]) == first
    (resellers.home / SIGN_INS_FILE).unlink()
    assert await ensure_demo_accounts(resellers, database, [MIRA]) != first


async def test_only_the_owner_of_the_home_can_read_them(resellers, database):
    await ensure_demo_accounts(resellers, database, [MIRA])
    assert stat.S_IMODE((resellers.home / SIGN_INS_FILE).stat().st_mode) == 0o600


async def test_production_gets_none(resellers, database):
    live = resellers.model_copy(update={"environment": Environment.PRODUCTION})
    with pytest.raises(SettingsError):
        await ensure_demo_accounts(live, database, [MIRA])
