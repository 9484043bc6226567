"""The tables a read of the shop database writes, and what one row of them is."""

from pipelines.sources.shop import tables as shop

# Read again when their business days are: by partition.
SOLD = {
    shop.ORDERS: "One row per cart and what became of it, without its buyer.",
    shop.ORDER_ITEMS: "One row per booking at one provider; sold from sold_at on.",
    shop.ORDER_LINES: "One row per kind of ticket of an item, with every amount as it was when sold.",
    shop.PAYMENTS: "One row per payment page at Stripe, and what it led to.",
    shop.REFUNDS: "One row per item whose money is on its way back.",
    shop.LEDGER_POSTINGS: "One row per side of a movement of money; those of an order add up to zero.",
}
# Belong to no day.
TIMELESS = {
    shop.RESELLERS: "One row per reseller, with the time zone of its business day.",
    shop.SHOPS: "One row per website of a reseller.",
    shop.DEMAND: "One row per hour, shop and thing that visitors looked at or searched.",
    shop.READS: "One row per read of the shop database, with the business days it touched.",
}
