/* One row per sold item, with the business day that it belongs to. Read it by a range of sold_at: the lake then opens only the files of those days. */
MODEL (
  name intermediate.int_sales__sold_items,
  kind VIEW,
  owner sales,
  grain order_item_id
);

SELECT
  i.order_item_id::TEXT AS order_item_id,
  i.order_id::TEXT AS order_id,
  o.reference::TEXT AS order_reference,
  i.reseller_id::TEXT AS reseller_id,
  o.shop_id::TEXT AS shop_id,
  (
    i.sold_at AT TIME ZONE COALESCE(r.time_zone, 'UTC')
  )::DATE AS business_date, /* an unknown reseller is an audit's affair, not a reason to lose a sale */
  EXTRACT(HOUR FROM i.sold_at AT TIME ZONE COALESCE(r.time_zone, 'UTC'))::INT AS business_hour,
  i.sold_at::TIMESTAMPTZ AS sold_at,
  i.product_id::TEXT AS product_id,
  i.option_id::TEXT AS option_id,
  i.place_id::TEXT AS place_id,
  i.city_id::TEXT AS city_id,
  i.country_code::TEXT AS country_code,
  i.connection_id::TEXT AS connection_id,
  i.local_date::DATE AS local_date,
  i.starts_at::TIMESTAMPTZ AS starts_at,
  i.state::TEXT AS state,
  o.currency::TEXT AS currency,
  o.currency_precision::INT AS currency_precision
FROM staging.stg_shop__order_items AS i
LEFT JOIN staging.stg_shop__orders AS o
  ON o.order_id = i.order_id
LEFT JOIN staging.stg_shop__resellers AS r
  ON r.reseller_id = i.reseller_id
WHERE
  NOT i.sold_at IS NULL
