"""GET /v1/me: who is signed in, and nothing of anybody else."""


async def test_nobody_gets_a_typed_401(browser):
    answer = await browser.me()
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/not-signed-in"


async def test_a_made_up_session_is_nobody(browser):
    assert not await browser.is_known("guess")


async def test_an_owner_sees_his_reseller_and_what_its_shops_chose(browser):
    await browser.sign_in()
    me = (await browser.me()).json()
    assert (me["role"], me["reseller_name"]) == ("OWNER", "Hotel Mira")
    assert me["shops"] == [
        {
            "shop_id": "shp_mira",
            "slug": "mira",
            "name": "Hotel Mira Tickets",
            "country_codes": ["NL"],
            "city_ids": ["cty_rome"],
        }
    ]


async def test_another_resellers_shops_stay_invisible(browser):
    await browser.sign_in(email="owner@lago.example")
    answer = await browser.me()
    assert answer.json()["reseller_id"] == "rsl_lago"
    assert [shop["slug"] for shop in answer.json()["shops"]] == ["lago"]
    assert "mira" not in answer.text.lower()


async def test_our_own_people_belong_to_no_reseller(browser):
    await browser.sign_in(email="staff@tiqzy.example")
    me = (await browser.me()).json()
    assert (me["role"], me["reseller_id"], me["shops"]) == ("STAFF", None, [])


async def test_the_answer_is_kept_nowhere(browser):
    await browser.sign_in()
    assert (await browser.me()).headers["cache-control"] == "private, no-store"
