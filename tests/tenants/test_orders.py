"""A rival goes after another reseller's order by every address there is, and by bare ids; the policies keep him out."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import NoResultFound

from api.checkout.cookies import CART_COOKIE
from api.sale.shapes import OrderKey
from core.db.addresses import Database, database_url
from core.errors import PlatformError
from tests.tenants.conftest import Prize, Rival

TABLES = ("shop_order", "order_item", "order_line", "buyer", "ticket", "payment", "refund", "mail")
STATE = "SELECT state FROM order_item WHERE order_item_id = %s"


async def test_nothing_of_another_resellers_order_is_told_or_changed(rival, prize):
    assert await _attack(rival, prize) == []
    assert await _attack_by_id(rival, prize) == []
    assert rival.desk.rows(STATE, prize.item_id) == [("CONFIRMED",)]


async def test_with_the_policies_gone_the_same_ids_open_the_order(rival, prize):
    """Pages ask by shop as well, and hold; what carries ids alone, as a job does, has nothing but the policy."""
    with _policies_off(rival):
        assert await _attack(rival, prize) == []
        assert await _attack_by_id(rival, prize) == ["sale", "wake", "cancel", "booking"]


async def test_an_owner_is_shown_no_page_of_our_own_people(rival, prize):
    for address in ("/staff", f"/staff/orders/{prize.reference}"):
        answer = await rival.client.get(address)
        assert answer.status_code == 404
        assert not _told(prize, answer.text)


async def _attack(rival: Rival, prize: Prize) -> list[str]:
    """The addresses whose answer told something."""
    mine, theirs = _bearer(rival.secret), _bearer(prize.secret)
    shop, api = f"/s/rival/orders/{prize.secret}", "/v1/shops/rival"
    attempts = [
        # the other's secret at one's own shop, in path, header and cookie
        *(("GET", f"{shop}{part}", {}) for part in ("", "/tickets.pdf", "/calendar.ics")),
        ("POST", f"{shop}/items/{prize.item_id}/cancel", {}),
        ("POST", f"{shop}/resend", {}),
        ("GET", f"{api}/order", theirs),
        ("GET", f"{api}/order/tickets.pdf", theirs),
        ("GET", f"{api}/orders/{prize.order_id}/items", theirs),
        ("GET", "/s/rival/cart", {"cookie": f"{CART_COOKIE}={prize.secret}"}),
        # the other's ids with one's own secret
        ("GET", f"{api}/orders/{prize.order_id}/items", mine),
        ("DELETE", f"{api}/orders/{rival.order_id}/items/{prize.item_id}", mine),
        ("POST", f"{api}/order/items/{prize.item_id}/cancel", mine),
        ("POST", f"/s/rival/orders/{rival.secret}/items/{prize.item_id}/cancel", {}),
        # one's own secret at the other's shop
        ("GET", f"/s/desk/orders/{rival.secret}", {}),
        ("GET", "/v1/shops/desk/order", mine),
    ]
    return [
        f"{method} {path}" for method, path, headers in attempts if await _tells(rival, prize, method, path, headers)
    ]


async def _attack_by_id(rival: Rival, prize: Prize) -> list[str]:
    """What is done for the rival's reseller with the other's ids, as if a job or a form had been forged."""
    sales, key = rival.desk.platform.sales, OrderKey(rival.reseller_id, prize.order_id)
    attempts = {
        "sale": lambda: sales.sale(key),
        "wake": lambda: sales.wake(key),
        "cancel": lambda: sales.request_cancellation(key, prize.item_id),
        "booking": lambda: sales.booking(key, prize.item_id),
    }
    return [name for name, attempt in attempts.items() if await _succeeds(attempt)]


async def _succeeds(attempt: Callable[[], Awaitable[object]]) -> bool:
    try:
        await attempt()
    except (PlatformError, NoResultFound):
        return False
    return True


async def _tells(rival: Rival, prize: Prize, method: str, path: str, headers: dict[str, str]) -> bool:
    answer = await rival.client.request(method, path, headers=headers)
    is_file = answer.headers.get("content-type", "").startswith(("application/pdf", "text/calendar"))
    return is_file or _told(prize, answer.text)


def _told(prize: Prize, text: str) -> bool:
    return any(word in text for word in prize.words)


def _bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


@contextmanager
def _policies_off(rival: Rival) -> Iterator[None]:
    with psycopg.connect(database_url(Database.SHOP, rival.desk.platform.settings), autocommit=True) as owner:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        try:
            yield
        finally:
            for table in TABLES:
                owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
