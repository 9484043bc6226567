/* One row per payout of Stripe's, and whether what it is made of adds up to it, to the cent. */
MODEL (
  name sales.fct_payout,
  kind FULL,
  owner sales,
  grain payout_id,
  audits (
    unique_values(columns := payout_id),
    not_null(columns := (payout_id, currency, amount_minor)),
    payout_adds_up,
    payout_is_of_our_sales
  )
);

WITH booked AS (
  SELECT
    p.balance_transaction_id,
    p.captured_minor AS amount_minor,
    o.currency
  FROM staging.stg_shop__payments AS p
  JOIN staging.stg_shop__orders AS o
    ON o.order_id = p.order_id
  WHERE
    NOT p.balance_transaction_id IS NULL
  UNION ALL
  SELECT
    f.balance_transaction_id,
    -f.amount_minor AS amount_minor,
    o.currency
  FROM staging.stg_shop__refunds AS f
  JOIN staging.stg_shop__orders AS o
    ON o.order_id = f.order_id
  WHERE
    NOT f.balance_transaction_id IS NULL
), transactions AS (
  SELECT
    t.payout_id,
    SUM(t.net_minor) AS net_minor,
    COUNT(*) FILTER(WHERE
      t.type IN ('charge', 'payment', 'refund', 'payment_refund')
      AND b.balance_transaction_id IS NULL) AS unmatched_count
  FROM staging.stg_stripe__balance_transactions AS t
  LEFT JOIN booked AS b
    ON b.balance_transaction_id = t.balance_transaction_id
    AND (
      b.amount_minor = t.amount_minor OR b.currency <> t.currency
    )
  WHERE
    NOT t.payout_id IS NULL AND t.type <> 'payout'
  GROUP BY
    t.payout_id
)
SELECT
  o.payout_id::TEXT AS payout_id,
  o.currency::TEXT AS currency,
  o.arrived_at::TIMESTAMPTZ AS arrived_at, /* when the bank has it, or should */
  o.amount_minor::BIGINT AS amount_minor, /* sent to the bank */
  COALESCE(t.net_minor, 0)::BIGINT AS transactions_minor, /* what it is made of, after Stripe's fees */
  (
    o.amount_minor - COALESCE(t.net_minor, 0)
  )::BIGINT AS difference_minor, /* anything but zero wants an explanation */
  COALESCE(t.unmatched_count, 0)::BIGINT AS unmatched_count /* charges and refunds that no order of ours knows, or not of this amount */
FROM staging.stg_stripe__payouts AS o
LEFT JOIN transactions AS t
  ON t.payout_id = o.payout_id
