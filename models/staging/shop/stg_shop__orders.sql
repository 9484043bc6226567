/* Carts and purchases; who bought never leaves the shop database. */
MODEL (
  name staging.stg_shop__orders,
  kind VIEW,
  owner sales,
  grain order_id
);

SELECT
  r.order_id::TEXT AS order_id,
  r.reseller_id::TEXT AS reseller_id,
  r.shop_id::TEXT AS shop_id, /* the channel */
  r.reference::TEXT AS reference, /* what buyer and reseller call it */
  r.currency::TEXT AS currency,
  r.currency_precision::INT AS currency_precision /* digits after the point */
FROM shop.orders AS r
