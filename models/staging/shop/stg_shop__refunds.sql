/* Money of one item on its way back; a free item's refund is of nothing. */
MODEL (
  name staging.stg_shop__refunds,
  kind VIEW,
  owner sales,
  grain refund_id
);

SELECT
  r.refund_id::TEXT AS refund_id,
  r.order_id::TEXT AS order_id,
  r.order_item_id::TEXT AS order_item_id,
  r.amount_minor::BIGINT AS amount_minor, /* in the order's currency */
  r.reason::TEXT AS reason, /* GOODWILL leaves the tickets valid, all others undo the sale */
  r.balance_transaction_id::TEXT AS balance_transaction_id /* Stripe's; NULL before it moved */
FROM shop.refunds AS r
