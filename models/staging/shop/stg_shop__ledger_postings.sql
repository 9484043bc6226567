/* One side of a movement of money: what an account is owed, the buyer's side negative when he pays. */
MODEL (
  name staging.stg_shop__ledger_postings,
  kind VIEW,
  owner sales,
  grain posting_id
);

SELECT
  r.posting_id::BIGINT AS posting_id,
  r.order_id::TEXT AS order_id,
  r.order_item_id::TEXT AS order_item_id, /* NULL where it is about the whole order */
  r.account::TEXT AS account,
  r.amount_minor::BIGINT AS amount_minor,
  r.currency::TEXT AS currency
FROM shop.ledger_postings AS r
