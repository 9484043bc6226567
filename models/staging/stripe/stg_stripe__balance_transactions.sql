/* Everything that moved our balance at Stripe, and the payout that it left with. */
MODEL (
  name staging.stg_stripe__balance_transactions,
  kind VIEW,
  owner sales,
  grain balance_transaction_id
);

SELECT
  r.balance_transaction_id::TEXT AS balance_transaction_id,
  LOWER(r.type)::TEXT AS type, /* Stripe's word, in small letters */
  r.payout_id::TEXT AS payout_id, /* NULL until it is paid out */
  UPPER(r.currency)::TEXT AS currency,
  r.amount_minor::BIGINT AS amount_minor, /* before Stripe's fee */
  r.net_minor::BIGINT AS net_minor /* after it */
FROM stripe.balance_transactions AS r
