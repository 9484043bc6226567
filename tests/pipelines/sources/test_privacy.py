"""The lake cannot forget: nothing of a buyer reaches it, neither by the shop nor by Stripe."""

import stripe

from api.sale.shapes import BuyerDetails
from pipelines.loads import load_shop, load_stripe
from tests.fixtures.sales import PAGE
from tests.sandbox.stripe.shopkeeper import pay
from warehouse import lake

XANTHIPPE = BuyerDetails("Xanthippe Shelley-Godwin", "xanthippe.shelley@buyer.example", "+44 20 1818 1797")
OF_THE_BUYER = ("Shelley", "Godwin", "Xanthippe", "buyer.example", "1818 1797", "18181797")
OF_THE_CARD = ("4242", "visa")
FREE_TEXT = ("Canal tour", "Canal pier", "Standard", "The Desk", "Canal Tickets")
TEXT_COLUMNS = """
SELECT table_schema, table_name, column_name FROM information_schema.columns
WHERE table_catalog = 'lake' AND table_schema IN ('shop', 'stripe') AND data_type = 'VARCHAR'
"""


def texts_in_the_lake(settings) -> dict[str, str]:
    """Everything written in a column, by its name."""
    connection = lake.connect(settings, read_only=True)
    try:
        return {
            f"{schema}.{table}.{column}": str(
                connection.sql(f"FROM lake.{schema}.{table} SELECT string_agg({column}, chr(10))").fetchall()[0][0]
            )
            for schema, table, column in connection.execute(TEXT_COLUMNS).fetchall()
        }
    finally:
        connection.close()


async def test_nothing_of_a_buyer_is_in_any_table_of_the_lake(desk):
    settings = desk.platform.settings
    key, [item] = await desk.held()
    address = await desk.platform.payments.begin(key, PAGE, XANTHIPPE)
    assert pay(address).is_redirect
    await desk.settle(key)
    await desk.platform.sales.request_cancellation(key, item)
    await desk.settle(key)
    await desk.work()
    load_shop(settings, clock=desk.time)
    load_stripe(settings, clock=desk.time)

    assert desk.rows("SELECT full_name, email FROM buyer") == [(XANTHIPPE.full_name, XANTHIPPE.email)]
    assert XANTHIPPE.email in told_by_stripe(desk)
    [(secret,)] = desk.rows("SELECT secret FROM shop_order")
    texts = texts_in_the_lake(settings)
    for table in (
        "shop.orders.order_id",
        "shop.refunds.order_id",
        "stripe.charges.order_id",
        "stripe.refunds.order_id",
    ):
        assert texts[table] == key.order_id
    forbidden = (*OF_THE_BUYER, *OF_THE_CARD, *FREE_TEXT, str(secret))
    found = [(name, word) for name, text in texts.items() for word in forbidden if word.lower() in text.lower()]
    assert found == []


def told_by_stripe(desk) -> str:
    """What Stripe says of its sessions to whoever asks."""
    client = stripe.StripeClient(
        desk.sandbox.stripe.api_key,
        base_addresses={"api": desk.sandbox.stripe_url},
        http_client=stripe.HTTPXClient(allow_sync_methods=True),
    )
    return str(client.v1.checkout.sessions.list())
