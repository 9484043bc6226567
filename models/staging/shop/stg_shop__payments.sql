/* What was captured for an order. */
MODEL (
  name staging.stg_shop__payments,
  kind VIEW,
  owner sales,
  grain payment_id
);

SELECT
  r.payment_id::TEXT AS payment_id,
  r.order_id::TEXT AS order_id,
  r.captured_minor::BIGINT AS captured_minor, /* in the order's currency */
  r.balance_transaction_id::TEXT AS balance_transaction_id /* Stripe's; NULL before the capture */
FROM shop.payments AS r
