/* Who sells, and in which time zone a day of business is. */
MODEL (
  name staging.stg_shop__resellers,
  kind VIEW,
  owner sales,
  grain reseller_id
);

SELECT
  r.reseller_id::TEXT AS reseller_id,
  r.time_zone::TEXT AS time_zone, /* IANA */
  r.created_at::TIMESTAMPTZ AS created_at
FROM shop.resellers AS r
