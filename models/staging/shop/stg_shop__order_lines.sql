/* One kind of ticket of an item; amounts are of all its tickets together, in the order's currency. */
MODEL (
  name staging.stg_shop__order_lines,
  kind VIEW,
  owner sales,
  grain order_line_id
);

SELECT
  r.order_line_id::BIGINT AS order_line_id,
  r.order_item_id::TEXT AS order_item_id,
  r.quantity::BIGINT AS quantity, /* tickets */
  r.original_minor::BIGINT AS original_minor,
  r.retail_minor::BIGINT AS retail_minor,
  r.net_minor::BIGINT AS net_minor,
  r.asked_minor::BIGINT AS offer_minor, /* what the shop asked */
  r.sponsored_minor::BIGINT AS sponsored_minor,
  r.discount_minor::BIGINT AS discount_minor,
  r.commission_minor::BIGINT AS commission_minor,
  r.platform_fee_minor::BIGINT AS platform_fee_minor,
  r.payment_fee_minor::BIGINT AS payment_fee_minor,
  r.tax_minor::BIGINT AS tax_minor
FROM shop.order_lines AS r
