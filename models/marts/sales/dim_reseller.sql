/* One row per reseller: in which zone its days are, and since when it sells. */
MODEL (
  name sales.dim_reseller,
  kind FULL,
  owner sales,
  grain reseller_id,
  audits (
    unique_values(columns := reseller_id),
    not_null(columns := (reseller_id, time_zone))
  )
);

WITH first_sales AS (
  SELECT
    d.reseller_id,
    MIN(d.business_date) AS first_sold_on
  FROM sales.agg_orders_by_day AS d
  GROUP BY
    d.reseller_id
)
SELECT
  r.reseller_id::TEXT AS reseller_id,
  COALESCE(r.time_zone, 'UTC')::TEXT AS time_zone, /* IANA */
  f.first_sold_on::DATE AS first_sold_on /* NULL before the first sale */
FROM staging.stg_shop__resellers AS r
LEFT JOIN first_sales AS f
  ON f.reseller_id = r.reseller_id
