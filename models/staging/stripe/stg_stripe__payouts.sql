/* Money sent to our bank account; what failed or was called off is left out. */
MODEL (
  name staging.stg_stripe__payouts,
  kind VIEW,
  owner sales,
  grain payout_id
);

SELECT
  r.payout_id::TEXT AS payout_id,
  UPPER(r.currency)::TEXT AS currency,
  r.amount_minor::BIGINT AS amount_minor,
  r.balance_transaction_id::TEXT AS balance_transaction_id, /* its own movement */
  r.arrived_at::TIMESTAMPTZ AS arrived_at /* when the bank has it, or should */
FROM stripe.payouts AS r
WHERE
  NOT LOWER(r.status) IN ('failed', 'canceled')
