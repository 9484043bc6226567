AUDIT (
  name amounts_of_a_sale_agree
);

/* What comes in is what goes out: the buyer and the sponsor pay the provider, the reseller and both fees. */
SELECT
  item.order_item_id
FROM @this_model AS item
WHERE
  item.offer_minor + item.sponsored_minor <> item.net_minor + item.commission_minor + item.platform_fee_minor + item.payment_fee_minor
  OR item.ticket_count < 0
  OR item.refund_minor < 0
  OR item.refund_minor > item.offer_minor;

AUDIT (
  name ledger_equals_items
);

/* The ledger says of each item what its lines and its refund say: what its buyer paid, and what its reseller earns. */
WITH booked AS (
  SELECT
    posting.order_item_id,
    -COALESCE(SUM(posting.amount_minor) FILTER(WHERE
      posting.account = 'BUYER'), 0) AS paid_minor,
    COALESCE(SUM(posting.amount_minor) FILTER(WHERE
      posting.account LIKE 'COMMISSION%'), 0) AS commission_minor
  FROM @this_model AS item
  JOIN staging.stg_shop__ledger_postings AS posting
    ON posting.order_item_id = item.order_item_id
  GROUP BY
    posting.order_item_id
)
SELECT
  item.order_item_id
FROM @this_model AS item
LEFT JOIN booked
  ON booked.order_item_id = item.order_item_id
WHERE
  COALESCE(booked.paid_minor, 0) <> item.offer_minor - item.refund_minor
  OR COALESCE(booked.commission_minor, 0) <> CASE WHEN item.is_refunded THEN 0 ELSE item.commission_minor END
  OR COALESCE(booked.commission_minor, 0) <> item.commission_kept_minor;

AUDIT (
  name ledger_of_an_order_is_zero
);

/* No money appears or is lost: the postings of an order add up to nothing in every currency. */
WITH orders AS (
  SELECT DISTINCT
    item.order_id
  FROM @this_model AS item
)
SELECT
  orders.order_id
FROM orders
JOIN staging.stg_shop__ledger_postings AS posting
  ON posting.order_id = orders.order_id
GROUP BY
  orders.order_id,
  posting.currency
HAVING
  SUM(posting.amount_minor) <> 0;

AUDIT (
  name every_seller_is_known
);

/* Without its reseller's time zone nobody knows on which day an item was sold. */
SELECT
  sold.reseller_id
FROM sales.agg_orders_by_day AS sold
LEFT JOIN @this_model AS reseller
  ON reseller.reseller_id = sold.reseller_id
WHERE
  reseller.reseller_id IS NULL;

AUDIT (
  name item_has_lines,
  blocking FALSE
);

/* An item without a ticket is nothing that anybody could have bought. */
SELECT
  item.order_item_id
FROM @this_model AS item
WHERE
  item.ticket_count = 0;

AUDIT (
  name order_is_sold_on_one_day,
  blocking FALSE
);

/* One payment sells all items of an order; one sold on two days would be counted on both. */
SELECT
  item.order_id
FROM @this_model AS item
GROUP BY
  item.order_id
HAVING
  MIN(item.business_date) <> MAX(item.business_date);

AUDIT (
  name days_equal_items
);

/* A day's total is the sum of its items, in tickets and in money. */
WITH totals AS (
  SELECT
    total.business_date,
    SUM(total.order_item_count) AS order_item_count,
    SUM(total.ticket_count) AS ticket_count,
    SUM(total.refunded_ticket_count) AS refunded_ticket_count,
    SUM(total.offer_minor) AS offer_minor,
    SUM(total.refund_minor) AS refund_minor,
    SUM(total.commission_kept_minor) AS commission_kept_minor,
    SUM(total.net_minor) AS net_minor
  FROM @this_model AS total
  GROUP BY
    total.business_date
), items AS (
  SELECT
    item.business_date,
    COUNT(*) AS order_item_count,
    SUM(item.ticket_count) AS ticket_count,
    COALESCE(SUM(item.ticket_count) FILTER(WHERE
      item.is_refunded), 0) AS refunded_ticket_count,
    SUM(item.offer_minor) AS offer_minor,
    SUM(item.refund_minor) AS refund_minor,
    SUM(item.commission_kept_minor) AS commission_kept_minor,
    SUM(item.net_minor) AS net_minor
  FROM sales.fct_order_item AS item
  WHERE
    item.business_date BETWEEN @start_date AND @end_date
  GROUP BY
    item.business_date
)
SELECT
  COALESCE(totals.business_date, items.business_date) AS business_date
FROM totals
FULL JOIN items
  ON items.business_date = totals.business_date
WHERE
  totals.order_item_count IS DISTINCT FROM items.order_item_count
  OR totals.ticket_count IS DISTINCT FROM items.ticket_count
  OR totals.refunded_ticket_count IS DISTINCT FROM items.refunded_ticket_count
  OR totals.offer_minor IS DISTINCT FROM items.offer_minor
  OR totals.refund_minor IS DISTINCT FROM items.refund_minor
  OR totals.commission_kept_minor IS DISTINCT FROM items.commission_kept_minor
  OR totals.net_minor IS DISTINCT FROM items.net_minor;

AUDIT (
  name hours_equal_items
);

/* So is the sum of a day's hours. */
WITH totals AS (
  SELECT
    total.business_date,
    SUM(total.ticket_count) AS ticket_count,
    SUM(total.offer_minor) AS offer_minor,
    SUM(total.refund_minor) AS refund_minor,
    SUM(total.commission_kept_minor) AS commission_kept_minor
  FROM @this_model AS total
  GROUP BY
    total.business_date
), items AS (
  SELECT
    item.business_date,
    SUM(item.ticket_count) AS ticket_count,
    SUM(item.offer_minor) AS offer_minor,
    SUM(item.refund_minor) AS refund_minor,
    SUM(item.commission_kept_minor) AS commission_kept_minor
  FROM sales.fct_order_item AS item
  WHERE
    item.business_date BETWEEN @start_date AND @end_date
  GROUP BY
    item.business_date
)
SELECT
  COALESCE(totals.business_date, items.business_date) AS business_date
FROM totals
FULL JOIN items
  ON items.business_date = totals.business_date
WHERE
  totals.ticket_count IS DISTINCT FROM items.ticket_count
  OR totals.offer_minor IS DISTINCT FROM items.offer_minor
  OR totals.refund_minor IS DISTINCT FROM items.refund_minor
  OR totals.commission_kept_minor IS DISTINCT FROM items.commission_kept_minor;

AUDIT (
  name orders_equal_items
);

/* No order is lost or counted twice on its day. */
WITH totals AS (
  SELECT
    total.business_date,
    SUM(total.order_count) AS order_count
  FROM @this_model AS total
  GROUP BY
    total.business_date
), items AS (
  SELECT
    item.business_date,
    COUNT(DISTINCT item.order_id) AS order_count
  FROM sales.fct_order_item AS item
  WHERE
    item.business_date BETWEEN @start_date AND @end_date
  GROUP BY
    item.business_date
)
SELECT
  COALESCE(totals.business_date, items.business_date) AS business_date
FROM totals
FULL JOIN items
  ON items.business_date = totals.business_date
WHERE
  totals.order_count IS DISTINCT FROM items.order_count;

AUDIT (
  name visits_equal_items
);

/* Every ticket in force is expected on some day. */
WITH visits AS (
  SELECT
    COALESCE(SUM(visit.ticket_count), 0) AS ticket_count
  FROM @this_model AS visit
), items AS (
  SELECT
    COALESCE(SUM(item.ticket_count), 0) AS ticket_count
  FROM sales.fct_order_item AS item
  WHERE
    item.state IN ('CONFIRMED', 'REDEEMED')
    AND item.business_date BETWEEN @start_date AND @end_date
)
SELECT
  visits.ticket_count
FROM visits
CROSS JOIN items
WHERE
  visits.ticket_count <> items.ticket_count;

AUDIT (
  name payout_adds_up,
  blocking FALSE
);

/* What Stripe sent to the bank is what it says that it is made of, to the cent. No reason to keep figures from resellers. */
SELECT
  payout.payout_id
FROM @this_model AS payout
WHERE
  payout.difference_minor <> 0;

AUDIT (
  name payout_is_of_our_sales,
  blocking FALSE
);

/* Every charge and refund in it is one that an order of ours booked, with this amount. */
SELECT
  payout.payout_id
FROM @this_model AS payout
WHERE
  payout.unmatched_count > 0
