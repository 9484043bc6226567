/* Bookings, from cart to visit. */
MODEL (
  name staging.stg_shop__order_items,
  kind VIEW,
  owner sales,
  grain order_item_id
);

SELECT
  r.order_item_id::TEXT AS order_item_id,
  r.order_id::TEXT AS order_id,
  r.reseller_id::TEXT AS reseller_id,
  r.state::TEXT AS state, /* of its booking */
  r.connection_id::TEXT AS connection_id,
  r.product_id::TEXT AS product_id,
  r.option_id::TEXT AS option_id,
  r.place_id::TEXT AS place_id,
  r.city_id::TEXT AS city_id,
  r.country_code::TEXT AS country_code,
  r.local_date::DATE AS local_date, /* of the visit, at the place */
  r.starts_at::TIMESTAMPTZ AS starts_at,
  r.sold_at::TIMESTAMPTZ AS sold_at /* when its price was captured or, free, given; NULL before */
FROM shop.order_items AS r
