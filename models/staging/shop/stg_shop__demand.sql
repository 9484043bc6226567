/* How often visitors of a shop looked at something or searched, by the hour. */
MODEL (
  name staging.stg_shop__demand,
  kind VIEW,
  owner sales,
  grain (shop_id, counted_hour, kind, country_code, city_id, product_id)
);

SELECT
  r.shop_id::TEXT AS shop_id,
  r.counted_hour::TIMESTAMPTZ AS counted_hour, /* its beginning */
  r.kind::TEXT AS kind, /* VISIT_CITY, VISIT_PRODUCT, SEARCH or EMPTY_SEARCH */
  r.country_code::TEXT AS country_code,
  r.city_id::TEXT AS city_id, /* empty where it does not apply */
  r.product_id::TEXT AS product_id, /* empty where it does not apply */
  r.seen_count::BIGINT AS seen_count
FROM shop.demand AS r
